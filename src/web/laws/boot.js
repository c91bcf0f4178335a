hear("submit", (event) => event.preventDefault());
addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const typing = event.target.matches?.("input, textarea, select");
  if (!search || typing || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search.focus();
});
const filled = [...document.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
const laws = { "#kept": "isoflop.laws", "#editor": "isoflop.law" };
wait(filled || Object.entries(laws).some(([part, name]) => document.querySelector(part) && kept("localStorage", name)));
