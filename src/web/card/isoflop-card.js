// <isoflop-card card="answer" budget="5.76e23 FLOPs" law="chinchilla"></isoflop-card>: a card of Isoflop in a page, in a
// frame that can reach nothing of that page. It grows to the height of its card, and hands back "change" events, whose
// detail is the question and the answer. What stands between its tags is shown where scripts are not.
(() => {
  "use strict";
  const FORMAT = 1;
  /** No card is higher than this, whatever it says, in pixels. */
  const MOST = 4000;
  const KEYS = ["card", "theme", "live", "budget", "law", "fit"];
  const home = document.currentScript?.src ?? location.href;

  class IsoflopCard extends HTMLElement {
    static observedAttributes = [...KEYS, "state", "src", "width", "height"];
    #frame = document.createElement("iframe");
    #hear = ({ source, data }) => {
      if (source !== this.#frame.contentWindow || data?.isoflop !== FORMAT) return;
      if (data.type === "height" && data.height > 0 && data.height <= MOST) this.#frame.height = Math.ceil(data.height);
      if (data.type === "change" && data.told && typeof data.told === "object") {
        this.dispatchEvent(new CustomEvent("change", { detail: data.told, bubbles: true }));
      }
    };

    connectedCallback() {
      const frame = this.#frame;
      frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
      frame.loading = "lazy";
      frame.title = this.title || "A plan by Isoflop";
      frame.style.cssText = "display:block;border:0;max-width:100%";
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      this.style.display ||= "block";
      this.#show();
      shadow.replaceChildren(frame);
      addEventListener("message", this.#hear);
    }

    disconnectedCallback() {
      removeEventListener("message", this.#hear);
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#show();
    }

    /** Changes one thing of the card, as its reader would. */
    set(key, value) {
      this.#frame.contentWindow?.postMessage({ isoflop: FORMAT, type: "set", key, value: String(value) }, "*");
    }

    #show() {
      const given = KEYS.filter((key) => this.hasAttribute(key));
      const parts = given.map((key) => `${key}=${encodeURIComponent(this.getAttribute(key))}`);
      const state = [...parts, this.getAttribute("state")].filter(Boolean).join("&");
      const address = new URL(this.getAttribute("src") ?? "embed.html", home);
      address.hash = state;
      this.#frame.width = this.getAttribute("width") ?? "100%";
      this.#frame.height ||= this.getAttribute("height") ?? "360";
      if (this.#frame.src !== address.href) this.#frame.src = address.href;
    }
  }
  customElements.define("isoflop-card", IsoflopCard);
})();
