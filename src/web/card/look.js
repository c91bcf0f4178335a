// Before anything is painted: how the card looks, and whether what the build wrote is what its address asks for.
const theme = /(?:^#|&)theme=(light|dark)(?:&|$)/.exec(location.hash);
if (theme) document.documentElement.dataset.theme = theme[1];
const asked = location.hash.replace(/^#|(?:^#|&)(?:theme=\w+|v=[\w.+-]*)/g, "").replace(/^&/, "");
if (asked && asked !== "card=answer") document.documentElement.dataset.other = "";
