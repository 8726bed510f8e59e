import { say } from "../words";

/** Copies `text` (or its own first text) when its button is pressed. */
export class LjCopy extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = this.getAttribute("text") ?? this.querySelector("[data-copy]")?.textContent ?? "";
      void navigator.clipboard.writeText(text.trim()).then(() => {
        const label = button.lastChild;
        const before = label?.textContent ?? "";
        if (label) label.textContent = say("copied");
        setTimeout(() => label && (label.textContent = before), 1500);
      });
    });
  }
}

/** The phone menu: the whole navigation opens over the page; without script it is a plain `<details>`. */
export class LjNav extends HTMLElement {
  connectedCallback(): void {
    const details = this.querySelector("details");
    if (!details) return;
    const close = (): void => {
      details.open = false;
      details.querySelector("summary")?.focus();
    };
    this.addEventListener("keydown", (event) => event.key === "Escape" && details.open && close());
    document.addEventListener("click", (event) => {
      if (details.open && !this.contains(event.target as Node)) details.open = false;
    });
  }
}

/** Larger text on every page, remembered in a cookie so that the server sends it from the first byte. */
export class LjTextSize extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    const root = document.documentElement;
    const show = (): void => button.setAttribute("aria-pressed", String(root.classList.contains("large-text")));
    show();
    button.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const large = root.classList.toggle("large-text");
      const secure = location.protocol === "https:" ? ";Secure" : "";
      document.cookie = `large_text=${large ? "1" : "0"};path=/;max-age=31536000;SameSite=Lax${secure}`;
      show();
    });
  }
}

export class LjPrint extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}
