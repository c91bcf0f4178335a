// <isoflop-card card="answer" budget="5.76e23 FLOPs" law="chinchilla"></isoflop-card>: a card of Isoflop in a page, in a
// frame that can reach nothing of that page. It grows to the height of its card, and hands back "change" events, whose
// detail is the question and the answer. What stands between its tags is shown where scripts are not.
(() => {
  "use strict";
  const FORMAT = 1;
  /** No card is higher than this, whatever it says, in pixels. */
  const MOST = 4000;
  /** As high a card is at least where its attribute says nothing, in pixels. */
  const LEAST = 360;
  const KEYS = ["card", "theme", "live", "budget", "law", "fit"];
  const home = document.currentScript?.src ?? location.href;

  class IsoflopCard extends HTMLElement {
    static observedAttributes = [...KEYS, "state", "src", "width", "height"];
    #frame = document.createElement("iframe");
    #address = "";
    #loaded = false;
    #needed = 0;
    /** What is to be set once the card is there. */
    #waiting = [];
    #hear = ({ source, data }) => {
      if (source !== this.#frame.contentWindow || data?.isoflop !== FORMAT) return;
      // What the card needs is less than its height where its frame was given more at first.
      const needed = data.needed ?? data.height;
      if (data.type === "height" && needed > 0 && needed <= MOST) {
        this.#needed = Math.ceil(needed);
        this.#grow();
      }
      if (data.type === "change" && data.told && typeof data.told === "object") {
        this.dispatchEvent(new CustomEvent("change", { detail: data.told, bubbles: true }));
      }
    };

    constructor() {
      super();
      this.#frame.addEventListener("load", () => {
        this.#loaded = true;
        for (const message of this.#waiting.splice(0)) this.#tell(message);
      });
    }

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
      this.#loaded = false;
      this.#address = "";
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#show();
    }

    /** Changes one thing of the card, as its reader would. */
    set(key, value) {
      const message = { isoflop: FORMAT, type: "set", key, value: String(value) };
      if (this.#loaded) this.#tell(message);
      else this.#waiting.push(message);
    }

    #tell(message) {
      this.#frame.contentWindow?.postMessage(message, "*");
    }

    #grow() {
      this.#frame.height = Math.max(parseFloat(this.getAttribute("height")) || LEAST, this.#needed);
    }

    #show() {
      const given = KEYS.filter((key) => this.hasAttribute(key));
      const parts = given.map((key) => `${key}=${encodeURIComponent(this.getAttribute(key))}`);
      const state = [...parts, this.getAttribute("state")].filter(Boolean).join("&");
      const address = new URL(this.getAttribute("src") ?? "embed.html", home);
      address.hash = state;
      this.#frame.width = this.getAttribute("width") ?? "100%";
      this.#grow();
      if (this.#address === address.href) return;
      this.#address = address.href;
      // Another source of a frame that is loaded would be a step of the page's history.
      if (this.#loaded) this.#frame.contentWindow.location.replace(address.href);
      else this.#frame.src = address.href;
    }
  }
  customElements.define("isoflop-card", IsoflopCard);
})();
