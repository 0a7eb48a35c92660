// What the reader chose or dropped: a zip, or a folder with all its files.

// Files of a folder chosen with a button; their paths without the folder's own name.
function chosenFolder(files) {
  return [...files].map((file) => ({ path: file.webkitRelativePath.split("/").slice(1).join("/"), file }));
}

// What was dropped, null where it is neither one file nor one folder.
async function dropped(transfer) {
  const [entry, ...more] = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entry) return transfer.files.length === 1 ? { name: transfer.files[0].name, zip: transfer.files[0] } : null;
  if (more.length) return null;
  if (entry.isFile) return { name: entry.name, zip: await fileOf(entry) };
  return { name: entry.name, folder: await filesIn(entry, "") };
}

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

async function filesIn(folder, within) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length || found.length > MOST_FILES) return found;
    for (const entry of some) {
      const path = within + entry.name;
      if (entry.isDirectory) found.push(...(await filesIn(entry, `${path}/`)));
      else found.push({ path, file: await fileOf(entry) });
    }
  }
}

// A place to choose a bundle: two inputs, for a zip and a folder, and the line that names what was chosen.
class Choice {
  constructor(name, onChange) {
    this.source = null;
    const [zip, folder] = [element(`${name}-zip`), element(`${name}-folder`)];
    this.line = element(`${name}-chosen`);
    this.onChange = onChange;
    zip.addEventListener("change", () => {
      const [file] = zip.files;
      folder.value = "";
      this.set(file ? { name: file.name, zip: file } : null);
    });
    folder.addEventListener("change", () => {
      const name = folder.files[0]?.webkitRelativePath.split("/")[0];
      zip.value = "";
      this.set(name ? { name, folder: chosenFolder(folder.files) } : null);
    });
  }

  set(source) {
    this.source = source;
    this.show();
    this.onChange();
  }

  show() {
    const count = this.source?.folder ? ` (${this.source.folder.length})` : "";
    this.line.textContent = this.source ? `${wordOf("page", "chosen")} ${this.source.name}${count}` : "";
  }
}
