// Small helps on top of pages that work without them. Loaded as a module; nothing is ever inline.
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "./nhsuk.js";

document.body.classList.add("nhsuk-frontend-supported", "js-enabled");

// A second press within a second must not send a form twice.
for (const button of document.querySelectorAll("button.jo-button")) {
  button.dataset.module ||= "nhsuk-button";
}
createAll(Button, { preventDoubleClick: true });

for (const component of [CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink]) {
  createAll(component);
}
