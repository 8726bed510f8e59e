import htmx from "htmx.org";
import { LjChart, LjMap } from "./elements/chart";
import { LjCombobox } from "./elements/combobox";
import { LjConfirm } from "./elements/confirm";
import { LjCopy, LjNav, LjPrint, LjTextSize } from "./elements/small";
import { LjDraft, settleDrafts } from "./elements/draft";
import { LjFilter } from "./elements/filter";
import { LjLines } from "./elements/lines";
import { LjProgress } from "./elements/progress";
import { LjTree } from "./elements/tree";
import { LjUpload } from "./elements/upload";

// The `htmx-config` meta tag sets the same; this holds for pages that forget it.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;

const elements: Record<string, CustomElementConstructor> = {
  "lj-chart": LjChart,
  "lj-combobox": LjCombobox,
  "lj-confirm": LjConfirm,
  "lj-copy": LjCopy,
  "lj-draft": LjDraft,
  "lj-filter": LjFilter,
  "lj-lines": LjLines,
  "lj-map": LjMap,
  "lj-nav": LjNav,
  "lj-print": LjPrint,
  "lj-progress": LjProgress,
  "lj-text-size": LjTextSize,
  "lj-tree": LjTree,
  "lj-upload": LjUpload,
};

settleDrafts();
for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element);
}
document.documentElement.classList.add("has-script");
// A row of tabs or states that is wider than the screen begins at the present one.
for (const row of document.querySelectorAll<HTMLElement>(".lj-tabs, .lj-states")) {
  const present = row.querySelector<HTMLElement>("[aria-current]");
  if (present) row.scrollLeft = present.offsetLeft - row.offsetLeft - (row.clientWidth - present.offsetWidth) / 2;
}
