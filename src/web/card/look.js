// Before anything is painted: how the card looks, and whether what the build wrote is what its address asks for.
function look(fragment) {
  const theme = /(?:^|&)theme=(light|dark)(?:&|$)/.exec(fragment);
  if (theme) document.documentElement.dataset.theme = theme[1];
  else delete document.documentElement.dataset.theme;
}
function isUsual(fragment) {
  const asked = fragment.replace(/(?:^|&)(?:theme=\w+|v=[\w.+-]*)(?=&|$)/g, "").replace(/^&/, "");
  return asked === "" || asked === "card=answer";
}
look(location.hash.slice(1));
if (!isUsual(location.hash.slice(1))) document.documentElement.dataset.other = "";
