/** Sentences that only the script says; everything else comes from the templates. */
const zh = {
  restore: "这份表单有一份没有提交成功的草稿({when})。",
  restoreYes: "恢复草稿",
  restoreNo: "不要了",
  offline: "网络断了。内容已存成草稿,恢复网络后再提交。",
  confirm: "确定吗?",
  yes: "确定",
  no: "取消",
  copied: "已复制",
  tooLarge: "文件超过 {limit},请压缩后再传。",
  chosen: "已选 {name}({size})",
  sending: "正在上传 {percent}%",
  failed: "没有传上去,请再试一次。",
  nothing: "没有找到",
  expand: "展开",
  collapse: "收起",
  chartFailed: "图没有画出来,请看下面的表。",
  done: "已完成",
};

const en: typeof zh = {
  restore: "There is a draft of this form that was not saved ({when}).",
  restoreYes: "Restore draft",
  restoreNo: "Discard",
  offline: "The connection is lost. A draft was kept; submit again when you are back online.",
  confirm: "Are you sure?",
  yes: "Yes",
  no: "Cancel",
  copied: "Copied",
  tooLarge: "The file is larger than {limit}. Please make it smaller.",
  chosen: "{name} chosen ({size})",
  sending: "Uploading {percent}%",
  failed: "The upload failed. Please try again.",
  nothing: "Nothing found",
  expand: "Expand",
  collapse: "Collapse",
  chartFailed: "The chart could not be drawn; see the table below.",
  done: "Done",
};

export type Word = keyof typeof zh;

export function say(word: Word, values: Record<string, string | number> = {}): string {
  const words = document.documentElement.lang.startsWith("en") ? en : zh;
  return words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
