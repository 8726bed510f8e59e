import { make } from "../dom";
import { say } from "../words";

const PREFIX = "lj-draft:";
const KEEP_DAYS = 7;
const SHOWN = "\nshown";
const SETTLE_MS = 2 * 60 * 1000;

interface Draft {
  at: number;
  path: string;
  sent: number | null;
  values: [string, string][];
}

function load(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

/**
 * Drops drafts whose form was saved: after sending, the server led us on to another page or said that it is done.
 * A lost line shows the browser's own page instead, so the draft stays. Old drafts go too.
 */
export function settleDrafts(): void {
  const now = Date.now();
  const from = document.referrer.startsWith(location.origin) ? new URL(document.referrer).pathname : "";
  const done = document.querySelector("[data-flash=success]") !== null;
  for (const key of keys()) {
    const draft = load(key);
    const answered = draft?.sent && now - draft.sent < SETTLE_MS && draft.path === from;
    const saved = answered && (done || location.pathname !== draft.path);
    if (!draft || saved || now - draft.at > KEEP_DAYS * 86_400_000) localStorage.removeItem(key);
  }
  document.addEventListener("submit", (event) => {
    // An office computer has many users: what one has typed goes when they sign out.
    if ((event.target as Element).matches("[data-sign-out]")) keys().forEach((key) => localStorage.removeItem(key));
  });
}

/** Wraps a form: keeps what was typed when the line is lost, offers it again, forgets it once it is saved. */
export class LjDraft extends HTMLElement {
  private dirty = false;
  private readonly leave = (): void => this.keep(null);
  private readonly lost = (): void => this.tell();

  private get key(): string {
    return PREFIX + (this.getAttribute("owner") ?? "") + ":" + (this.getAttribute("key") ?? location.pathname);
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  connectedCallback(): void {
    const form = this.form;
    if (!form) return;
    const draft = load(this.key);
    // A form that came back with its errors still holds everything.
    if (draft && this.hasAttribute("bound")) localStorage.removeItem(this.key);
    else if (draft) this.offer(draft);
    form.addEventListener("input", () => {
      this.dirty = true;
      if (!navigator.onLine) this.keep(null);
    });
    form.addEventListener("submit", (event) => {
      this.dirty = true;
      this.keep(Date.now());
      if (navigator.onLine) this.dirty = false;
      else {
        event.preventDefault();
        this.tell();
      }
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if ((event as CustomEvent<{ successful: boolean }>).detail.successful) localStorage.removeItem(this.key);
    });
    form.addEventListener("htmx:sendError", () => this.tell());
    addEventListener("pagehide", this.leave);
    addEventListener("offline", this.lost);
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.leave);
    removeEventListener("offline", this.lost);
  }

  private fields(): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
    return [...(this.form?.elements ?? [])].filter(
      (field): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
        (field instanceof HTMLInputElement && (field.dataset["draft"] !== undefined || !["hidden", "password", "file", "submit", "button"].includes(field.type))) ||
        field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement,
    ).filter((field) => field.name && !field.closest("[data-no-draft]"));
  }

  private keep(sent: number | null): void {
    if (!this.dirty) return;
    const values: [string, string][] = [];
    for (const field of this.fields()) {
      if (field instanceof HTMLSelectElement) {
        for (const option of field.selectedOptions) values.push([field.name, option.value]);
      } else if (!(field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) || (field as HTMLInputElement).checked) {
        values.push([field.name, field.value]);
        // A combobox keeps its key in one field and shows its name in another.
        if (field.dataset["shown"] !== undefined) values.push([`${field.name}${SHOWN}`, field.dataset["shown"]]);
      }
    }
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), path: location.pathname, sent, values } satisfies Draft));
    } catch {
      // Storage is full or forbidden: the form still works, only without a draft.
    }
  }

  private tell(): void {
    this.keep(null);
    this.note(say("offline"));
  }

  private note(text: string, ...buttons: HTMLButtonElement[]): void {
    this.querySelector(".lj-draft-note")?.remove();
    this.prepend(make("div", { class: "alert alert-warning lj-draft-note", role: "status" }, make("div", {}, text), ...buttons));
  }

  private offer(draft: Draft): void {
    const yes = make("button", { type: "button", class: "btn btn-sm" }, say("restoreYes"));
    const no = make("button", { type: "button", class: "btn btn-sm" }, say("restoreNo"));
    const end = (): void => this.querySelector(".lj-draft-note")?.remove();
    yes.addEventListener("click", () => {
      this.restore(draft);
      end();
    });
    no.addEventListener("click", () => {
      localStorage.removeItem(this.key);
      end();
    });
    this.note(say("restore", { when: new Date(draft.at).toLocaleString(document.documentElement.lang) }), yes, no);
  }

  private restore(draft: Draft): void {
    const values = new Map<string, string[]>();
    for (const [name, value] of draft.values) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of this.fields()) {
      const chosen = values.get(field.name) ?? [];
      if (field instanceof HTMLSelectElement) {
        for (const option of field.options) option.selected = chosen.includes(option.value);
      } else if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
        field.checked = chosen.includes(field.value);
      } else {
        field.value = chosen.shift() ?? field.value;
        if (field.dataset["draft"] !== undefined) {
          field.dataset["shown"] = values.get(`${field.name}${SHOWN}`)?.shift() ?? "";
          field.dispatchEvent(new Event("lj:restore"));
        }
      }
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.dirty = true;
  }
}
