// A host shows this page at any depth: the pages are in the folder above the first of theirs that the address names.
const home = location.pathname.replace(/(?:fit|laws|frontier|examples)\/.*$|[^/]*$/, "");
for (const link of document.querySelectorAll("a")) link.href = home + link.getAttribute("href").slice(2);
