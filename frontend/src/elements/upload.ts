import { kilobytes, make } from "../dom";
import { say } from "../words";

/**
 * A drop zone around `<input type=file>`: checks size before sending (`max`, bytes) and shows progress.
 * The form is sent by script only to show the progress; the answer's page is then opened as usual.
 */
export class LjUpload extends HTMLElement {
  private readonly note = make("p", { class: "lj-upload-note", role: "status" });

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input || this.dataset["ready"]) return;
    this.dataset["ready"] = "1";
    this.append(this.note);
    input.addEventListener("change", () => this.look(input));
    for (const name of ["dragenter", "dragover"]) {
      this.addEventListener(name, (event) => {
        event.preventDefault();
        this.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.classList.remove("is-over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      this.look(input);
    });
    input.form?.addEventListener("submit", (event) => this.send(event, input));
  }

  private look(input: HTMLInputElement): boolean {
    const limit = Number(this.getAttribute("max") ?? "0");
    const files = [...(input.files ?? [])];
    const big = limit > 0 && files.some((file) => file.size > limit);
    const text = big
      ? say("tooLarge", { limit: kilobytes(limit) })
      : files.map((file) => say("chosen", { name: file.name, size: kilobytes(file.size) })).join(" ");
    input.setCustomValidity(big ? text : "");
    this.note.textContent = text;
    this.note.classList.toggle("is-bad", big);
    return !big;
  }

  private send(event: SubmitEvent, input: HTMLInputElement): void {
    const form = input.form;
    if (!form || event.defaultPrevented || !input.files?.length || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    if (!this.look(input)) return;
    const bar = make("progress", { max: "100", value: "0", "aria-label": say("sending", { percent: 0 }) });
    this.note.replaceChildren(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    // Asked as htmx asks, the server names the next page instead of leading us there, and its message is kept for it.
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (at) => {
      if (at.lengthComputable) bar.value = Math.round((at.loaded / at.total) * 100);
    });
    request.addEventListener("error", () => (this.note.textContent = say("failed")));
    request.addEventListener("load", () => this.answered(request));
    const data = new FormData(form);
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.name) data.append(button.name, button.value);
    request.send(data);
  }

  private answered(request: XMLHttpRequest): void {
    const next = request.getResponseHeader("HX-Redirect");
    if (next) {
      location.assign(next);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const whole = page.querySelector("main");
    const place = whole ? document.querySelector("main") : this.closest("form");
    if (request.status < 500 && place && page.body.childElementCount) {
      place.replaceWith(...(whole ? [whole] : page.body.children));
    } else this.note.textContent = say("failed");
  }
}
