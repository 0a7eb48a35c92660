// CSV as Python's csv module reads it when it is strict: [head, …rows], each a list of texts.

const LONGEST_FIELD = 131072;

function readCsv(data) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
  const rows = [];
  let [row, field, isQuoted, isClosed] = [[], "", false, false];
  const endField = () => {
    if (Array.from(field).length > LONGEST_FIELD) throw new RangeError("field");
    row.push(field);
    [field, isClosed] = ["", false];
  };
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at];
    const isEnd = symbol === "\n" || symbol === "\r";
    if (isQuoted) {
      if (symbol !== '"') field += symbol;
      else if (text[at + 1] === '"') field += text[(at += 1)];
      else [isQuoted, isClosed] = [false, true];
    } else if (symbol === ",") {
      endField();
    } else if (isEnd) {
      if (row.length || field || isClosed) endField();
      rows.push(row);
      row = [];
      if (symbol === "\r" && text[at + 1] === "\n") at += 1;
    } else if (isClosed) {
      throw new RangeError("after a quote");
    } else if (symbol === '"' && field === "") {
      isQuoted = true;
    } else {
      field += symbol;
    }
  }
  if (isQuoted) throw new RangeError("quote");
  if (row.length || field || isClosed) {
    endField();
    rows.push(row);
  }
  return rows;
}
