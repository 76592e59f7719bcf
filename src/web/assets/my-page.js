// What the form of a page does more where scripts run: it keeps what is typed, shows what others will see, reads hours back.
const form = document.getElementById('page-form');
const TYPING_PAUSE_MS = 700;
const LOST = 'saisie:';

giveBackWhatWasLost();
for (const box of document.querySelectorAll('.narrows')) narrow(box);
if (form) keepTyped(form);
document.getElementById('conflicts')?.focus();
document.getElementById('faults')?.focus();

/* A session that ended: what was typed waits in this tab, and comes back into the form after signing in. */
function giveBackWhatWasLost() {
  const lost = document.getElementById('lost-form');
  if (lost) {
    keepLost(lost.dataset.path, new FormData(lost));
    const link = document.getElementById('sign-in-again');
    link.removeAttribute('target');
    link.textContent = 'Reconnectez-vous\u00a0: vous retrouverez tout';
    return;
  }
  const known = readLost(location.pathname);
  if (!known || !document.querySelector('.my-page form')) return;
  sessionStorage.removeItem(LOST + location.pathname);
  const again = document.createElement('form');
  again.method = 'post';
  again.action = `${location.pathname}/reprise`;
  for (const [name, value] of known) {
    const field = document.createElement('textarea');
    field.name = name;
    field.value = value;
    field.hidden = true;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

function keepLost(path, data) {
  data.delete('csrf');
  try {
    sessionStorage.setItem(LOST + path, JSON.stringify([...data]));
  } catch {
    // Storage is refused: the page still holds it.
  }
}

function readLost(path) {
  try {
    return JSON.parse(sessionStorage.getItem(LOST + path) ?? 'null');
  } catch {
    return null;
  }
}

function keepTyped(form) {
  const state = document.getElementById('draft-state');
  const base = form.dataset.base;
  let timer;
  let isTyped = false;
  let isSending = false;
  let isStale = false;
  let map;

  const send = async (isLast = false) => {
    clearTimeout(timer);
    isTyped = false;
    if (isSending && !isLast) {
      isStale = true;
      return;
    }
    isSending = true;
    isStale = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${base}/brouillon`, {
        method: 'POST',
        body,
        headers: { accept: 'application/json' },
        keepalive: isLast && body.toString().length < 60_000,
      });
      if (answer.ok) show(await answer.json());
      else if (answer.status === 401 || answer.status === 403) tellSessionOver();
      else say('Le brouillon n’a pas pu être gardé\u00a0: publiez, ou continuez sans fermer cette page.');
    } catch {
      say('Pas de réseau\u00a0: ce que vous tapez reste dans cette page.');
    }
    isSending = false;
    if (isStale) send();
  };
  const say = (text) => (state.textContent = text);
  const show = ({ state: text, fault, preview, echoes, otherWay, area }) => {
    say(fault ?? text);
    if (fault) return;
    document.getElementById('preview').innerHTML = preview;
    for (const [id, echo] of Object.entries(echoes)) {
      const element = document.getElementById(id);
      if (element && element.textContent !== echo) element.textContent = echo;
    }
    for (const [name, value] of Object.entries(otherWay)) {
      const field = form.elements[name];
      if (field && field !== document.activeElement && field.offsetParent === null) field.value = value;
    }
    map?.show(area);
  };
  const tellSessionOver = () => {
    keepLost(location.pathname, new FormData(form));
    const link = document.createElement('a');
    link.href = `/connexion?retour=${encodeURIComponent(location.pathname)}`;
    link.textContent = 'Reconnectez-vous\u00a0: vous retrouverez tout.';
    state.replaceChildren('Votre session est terminée. ', link);
  };

  form.addEventListener('input', (event) => {
    if (!event.target.name) return;
    isTyped = true;
    clearTimeout(timer);
    timer = setTimeout(send, TYPING_PAUSE_MS);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    isTyped = isStale = false;
  });
  addEventListener('pagehide', () => isTyped && send(true));
  // Typed before this script came.
  if (
    document.activeElement?.form === form &&
    document.activeElement.value !== document.activeElement.defaultValue
  )
    send();

  const element = document.getElementById('area-map');
  if (!element) return;
  const load = async () => {
    const { showAreaMap } = await import(element.dataset.script);
    map = await showAreaMap(element, {
      toggle: (label) => {
        const field = form.elements['area.communes'];
        const lines = field.value.split('\n').filter((it) => it.trim() !== '');
        const isThere = lines.includes(label);
        field.value = (isThere ? lines.filter((it) => it !== label) : [...lines, label]).join('\n');
        say(isThere ? `${label} est retirée` : `${label} est ajoutée`);
        send();
      },
    });
  };
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((it) => it.isIntersecting)) return;
    observer.disconnect();
    load();
  }).observe(element);
}

/* A box that narrows the list below it. */
function narrow(box) {
  const field = box.closest('fieldset');
  const items = [...field.querySelectorAll('li')];
  const wordsOf = new Map(items.map((it) => [it, fold(`${it.textContent} ${it.dataset.words ?? ''}`)]));
  const others = field.querySelector('details');
  const status = field.querySelector('[role=status]');
  const wasOpen = () => items.some((it) => others?.contains(it) && it.querySelector('input').checked);
  const apply = () => {
    const words = fold(box.value).split(' ').filter(Boolean);
    let count = 0;
    for (const item of items) {
      const isShown = words.every((word) => wordsOf.get(item).includes(word));
      item.hidden = !isShown;
      if (isShown) count += 1;
    }
    if (others) others.open = words.length > 0 || wasOpen();
    status.textContent = words.length === 0 ? '' : `${count} dans la liste`;
  };
  box.addEventListener('input', apply);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Escape' && box.value !== '') {
      event.preventDefault();
      box.value = '';
      apply();
    }
  });
}

function fold(text) {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
