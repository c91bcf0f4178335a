/** A transfer ends with its event, so its parts are put into another. */
function copied(transfer) {
  const copy = new DataTransfer();
  for (const file of transfer.files) copy.items.add(file);
  const text = transfer.getData("text/plain");
  if (text) copy.setData("text/plain", text);
  return copy;
}

hear("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
hear("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  again(new DragEvent("drop", { dataTransfer: copied(event.dataTransfer), bubbles: true, cancelable: true }));
});
hear("paste", (event) => {
  // Into a field it is typing, and stands there when the program comes.
  if (event.target.closest?.("input, textarea")) return;
  again(new ClipboardEvent("paste", { clipboardData: copied(event.clipboardData), bubbles: true }));
});
wait(document.querySelector("textarea").value || kept("sessionStorage", "isoflop.runs"), "dragenter", "drop", "paste");
