// The height of each card, as it tells it: all that a page without the element <isoflop-card> needs. A card is never made lower, so
// that no text moves up while it is read.
addEventListener("message", ({ source, data }) => {
  if (data?.isoflop !== 1 || data.type !== "height" || !(data.height > 0 && data.height < 4000)) return;
  const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow === source);
  if (frame) frame.height = Math.max(frame.height, data.height);
});
