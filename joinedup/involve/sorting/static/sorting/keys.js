// Working down the queue by keys. Everything here can be done without them, by Tab, Space and Enter.
(() => {
  const form = document.querySelector("[data-jo-keys]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-jo-row]")];
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const to = (number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, number))];
    if (row) row.querySelector("[data-jo-open]").focus();
  };
  const does = {
    j: () => to(here() + 1),
    k: () => to(here() - 1),
    x: () => rows[here()]?.querySelector("input[type=checkbox]").click(),
    o: () => rows[here()]?.querySelector("[data-jo-open]").click(),
    t: () => form.querySelector("select").focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    // Single keys work only while the list has the focus, so nobody meets them by accident (WCAG 2.1.4).
    if (!form.contains(document.activeElement)) return;
    const act = does[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
