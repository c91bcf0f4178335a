hear("submit", (event) => event.preventDefault());
const filled = [...document.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
const laws = { "#kept": "isoflop.laws", "#editor": "isoflop.law" };
wait(filled || Object.entries(laws).some(([part, name]) => document.querySelector(part) && kept("localStorage", name)));
