import { make } from "../dom";
import { say } from "../words";

/** Asks before the form inside is sent: `<lj-confirm text="…"><form>…</form></lj-confirm>`. */
export class LjConfirm extends HTMLElement {
  private sure = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      if (this.sure) {
        this.sure = false;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const form = event.target as HTMLFormElement;
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      this.ask(button, () => {
        this.sure = true;
        form.requestSubmit(button ?? undefined);
      });
    }, { capture: true });
  }

  private ask(button: HTMLButtonElement | null, go: () => void): void {
    const danger = button?.classList.contains("btn-danger") ?? false;
    const yes = make("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, value: "yes" }, button?.textContent?.trim() || say("yes"));
    const no = make("button", { class: "btn", value: "no" }, say("no"));
    const text = make("p", { id: "lj-ask" }, this.getAttribute("text") || say("confirm"));
    const dialog = make("dialog", { class: "lj-dialog", "aria-labelledby": "lj-ask" },
      make("form", { method: "dialog" }, text, make("div", { class: "lj-buttons" }, yes, no)));
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue;
      dialog.remove();
      button?.focus();
      if (answer === "yes") go();
    });
    if (typeof dialog.showModal === "function") dialog.showModal();
    else if (window.confirm(text.textContent ?? "")) go();
  }
}
