// What the pages of a territory do more where scripts run: the map of its communes, and the progress of an import.

/* The map is fetched when it is in view. */
const element = document.querySelector('.territory-map');
if (element) {
  const watcher = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    const { showCommunes } = await import(element.dataset.script);
    const rows = [...document.querySelectorAll('[data-position]')];
    await showCommunes(
      element,
      rows.map(({ dataset }) => ({
        position: dataset.position.split(',').map(Number),
        // The public page tells where the communes are, and no numbers.
        people: Number(dataset.people ?? 4),
        complete: Number(dataset.complete ?? 1),
        said: Number(dataset.said ?? 1),
        told: dataset.told,
      })),
    );
  });
  watcher.observe(element);
}

/* Confirming and undoing tell how far they are; without scripts the page comes when they are done. */
for (const form of document.querySelectorAll('.js-progress')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    const progress = document.createElement('progress');
    progress.setAttribute('aria-label', 'Avancement');
    button.disabled = true;
    button.after(progress);
    const { import: path, csrf, step } = form.dataset;
    const body = { version: Number(form.elements.version.value) };
    if (step === 'confirm') body.skipUnresolved = form.elements.skip?.checked ?? false;
    try {
      const answer = await fetch(`${path}/${step}`, {
        method: 'POST',
        headers: {
          accept: 'application/x-ndjson',
          'content-type': 'application/json',
          'x-csrf-token': csrf,
        },
        body: JSON.stringify(body),
      });
      // Why it is refused is told by the page that a plain form leads to.
      if (!answer.ok) return form.submit();
      for await (const line of readLines(answer.body)) {
        if (line.problem) return form.submit();
        if (line.total) {
          progress.max = line.total;
          progress.value = line.done;
        }
      }
      location.reload();
    } catch {
      // The line was lost: what was begun goes on, or not at all; the page tells.
      location.reload();
    }
  });
}

async function* readLines(stream) {
  let rest = '';
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? '';
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines) if (line) yield JSON.parse(line);
    if (done) return;
  }
}
