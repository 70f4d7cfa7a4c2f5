// Puts a "Show password" button beside each password box. Without scripts the box works as ever.
for (const box of document.querySelectorAll("input[type=password][data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary jo-button";
  button.setAttribute("aria-controls", box.id);
  const draw = (shown) => {
    box.type = shown ? "text" : "password";
    button.textContent = shown ? box.dataset.hide : box.dataset.show;
  };
  draw(false);
  button.addEventListener("click", () => draw(box.type === "password"));
  box.form?.addEventListener("submit", () => draw(false));
  const side = document.createElement("div");
  side.className = "jo-choices-with-buttons";
  box.replaceWith(side);
  side.append(box, button);
}
