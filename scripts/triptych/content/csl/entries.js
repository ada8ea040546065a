// Formats sources with citeproc.js, which stands before this in one program.
// style: a CSL style as XML. items: CSL items. language: a tag, for a style that names none.
// locales: the words of each language as XML, by tag. Both functions return, as JSON, an object of HTML by item id.

CSL.Output.Formats.html["@font-variant/small-caps"] = '<span class="small-caps">%%STRING%%</span>';

function prepared(style, items, language, locales) {
  const known = new Map(items.map((item) => [item.id, item]));
  const system = {
    retrieveItem: (id) => known.get(id),
    retrieveLocale: (tag) => locales[tag] || false,
  };
  return new CSL.Engine(system, style, language, false);
}

// Each source as in the list of sources; without those for which the style prints nothing.
function listed(style, items, language, locales) {
  const engine = prepared(style, items, language, locales);
  const found = items.map(({ id }) => {
    engine.updateItems([id]);
    const [, printed] = engine.makeBibliography() || [{}, []];
    return [id, printed.join("")];
  });
  return withoutFailures(found);
}

// Each source as in its first footnote.
function noted(style, items, language, locales) {
  const engine = prepared(style, items, language, locales);
  engine.updateItems(items.map(({ id }) => id));
  const found = items.map(({ id }, place) => {
    const note = { citationItems: [{ id }], properties: { noteIndex: place + 1 } };
    return [id, engine.previewCitationCluster(note, [], [], "html")];
  });
  return withoutFailures(found);
}

function withoutFailures(found) {
  return JSON.stringify(Object.fromEntries(found.filter(([, html]) => html && !html.includes("CSL STYLE ERROR"))));
}
