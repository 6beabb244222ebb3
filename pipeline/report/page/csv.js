// Rows as a CSV file for the reader to keep.

/** A cell that no spreadsheet takes for a formula. */
function csvCell(value) {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Save rows of a table, in their order, with all columns. */
function saveCsv(from, rows) {
  const names = from.spec.columns.map((column) => column.name);
  const lines = [...rows].map((row) => names.map((name) => csvCell(from.at(row, name))).join(","));
  const file = new Blob([`\ufeff${[names.join(","), ...lines].join("\r\n")}\r\n`], { type: "text/csv" });
  const url = URL.createObjectURL(file);
  h("a", { href: url, download: `${from.name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
