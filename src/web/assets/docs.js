// Each request of /docs becomes a line that can be changed and run. The page reads the same without.
const SHOWN_CHARS_MAX = 20_000;
const key = document.getElementById('key');
document.getElementById('access').hidden = false;
document.getElementById('access').addEventListener('submit', (event) => event.preventDefault());

for (const link of document.querySelectorAll('.try a')) {
  const form = document.createElement('form');
  form.className = 'run';
  const label = document.createElement('label');
  label.textContent = 'GET';
  const input = document.createElement('input');
  input.value = decodeURI(link.getAttribute('href'));
  input.autocomplete = 'off';
  input.spellcheck = false;
  label.append(input);
  const run = document.createElement('button');
  run.textContent = 'Run';
  const told = document.createElement('p');
  told.className = 'told';
  told.setAttribute('role', 'status');
  form.append(label, run, told);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    runRequest(form, input.value, told);
  });
  link.closest('.try').replaceWith(form);
}

async function runRequest(form, path, told) {
  const address = new URL(path, location.href);
  if (address.origin !== location.origin) {
    told.textContent = 'Only requests to this server are run here.';
    return;
  }
  told.textContent = 'Asked…';
  const startedAtMs = performance.now();
  try {
    const headers = key.value === '' ? {} : { authorization: `Bearer ${key.value}` };
    const answer = await fetch(address, { headers });
    const text = await answer.text();
    const durationMs = Math.round(performance.now() - startedAtMs);
    told.textContent = `${answer.status}, ${durationMs} ms, ${text.length} characters`;
    show(form, toReadable(text));
  } catch {
    told.textContent = 'The server does not answer.';
  }
}

function toReadable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function show(form, text) {
  const shown = form.nextElementSibling?.matches('.answer')
    ? form.nextElementSibling
    : document.createElement('pre');
  shown.className = 'answer';
  shown.tabIndex = 0;
  shown.setAttribute('aria-label', 'Answer');
  shown.setAttribute('role', 'region');
  shown.textContent = text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}\n…` : text;
  form.after(shown);
}
