// What the pages do more where scripts run. Every page is whole without.
const form = document.getElementById('search');
const status = document.getElementById('announcement');
const RECENT_KEY = 'recherches';
const RECENT_MAX = 6;
/** An answer takes the place of the last one: what loses the focus then was not left by anybody. */
let isSwapping = false;

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.copied ?? 'Adresse copiée');
    const label = button.textContent;
    button.textContent = 'Copiée';
    setTimeout(() => (button.textContent = label), 1500);
  } catch {
    say('La copie n’est pas permise ici\u00a0: sélectionnez l’adresse.');
  }
});

function say(text) {
  if (status) status.textContent = text;
}

/* Recent searches stay in this browser. */
function readRecent() {
  try {
    const list = JSON.parse(localStorage.getItem(RECENT_KEY) ?? '[]');
    return Array.isArray(list)
      ? list.filter((it) => typeof it?.q === 'string' && typeof it?.where === 'string')
      : [];
  } catch {
    return [];
  }
}

function keepRecent(q, where) {
  if (!q.trim() && !where.trim()) return;
  const others = readRecent().filter((it) => it.q !== q || it.where !== where);
  try {
    localStorage.setItem(RECENT_KEY, JSON.stringify([{ q, where }, ...others].slice(0, RECENT_MAX)));
  } catch {
    // Storage is refused: nothing is kept.
  }
}

function showRecent() {
  const list = document.getElementById('recent');
  const recent = readRecent();
  if (!list || recent.length === 0) return;
  for (const { q, where } of recent) {
    const link = document.createElement('a');
    link.href = `/?${new URLSearchParams({ q, where })}`;
    link.textContent = [q, where].filter(Boolean).join(' · ');
    list.append(document.createElement('li'));
    list.lastElementChild.append(link);
  }
  list.parentElement.hidden = false;
  document.getElementById('forget')?.addEventListener('click', () => {
    localStorage.removeItem(RECENT_KEY);
    list.parentElement.hidden = true;
    form.elements.q.focus();
    say('Vos dernières recherches sont effacées');
  });
}

if (form) {
  showRecent();
  const keep = () => keepRecent(form.elements.q.value, form.elements.where.value);
  form.addEventListener('submit', keep);
  document.addEventListener('click', (event) => {
    if (event.target.closest('#answer a')) keep();
  });
  if (location.search.length > 1) keep();

  // The boxes take their place as somebody types, not when an answer comes: nothing moves under their eyes.
  form.addEventListener('input', () => makeRoom(), { once: true });
  // Where no answer comes, what is there stays, and says so.
  document.addEventListener('htmx:before:response', (event) => {
    if (event.detail.ctx.response.status < 400) return;
    event.preventDefault();
    tellFailure();
  });
  document.addEventListener('htmx:error', tellFailure);
  let focused;
  let isNarrowing = false;
  document.addEventListener('htmx:before:swap', () => {
    isSwapping = true;
    isNarrowing = document.querySelector('#answer details.narrow')?.open ?? false;
    const { activeElement } = document;
    focused = activeElement?.closest('#answer') ? activeElement : undefined;
  });
  document.addEventListener('htmx:after:swap', () => {
    isSwapping = false;
    const narrow = document.querySelector('#answer details.narrow');
    if (narrow) narrow.open = isNarrowing;
    followHomeVisits(focused);
    if (focused?.id) document.getElementById(focused.id)?.focus();
    const answer = document.getElementById('answer');
    makeRoom();
    say(answer?.dataset.announce ?? '');
    document.dispatchEvent(new CustomEvent('answer'));
  });
  for (const input of [form.elements.q, form.elements.where]) suggestFor(input);
  followHomeVisits();
  followMap();
}

function tellFailure() {
  const note = document.querySelector('#answer > .failure') ?? document.createElement('p');
  note.className = 'note failure';
  note.textContent = 'La recherche n’a pas abouti. Réessayez dans un instant.';
  document.getElementById('answer').prepend(note);
  say(note.textContent);
}

function makeRoom() {
  document.querySelector('.welcome')?.remove();
  form.classList.add('is-asked');
}

/*
 * To whose homes somebody goes is asked when the place is whole: half a name is of no place. An answer that comes while it is typed
 * brings a new box: what was typed goes on in it.
 */
function followHomeVisits(focused) {
  const input = form.elements.comesTo;
  if (!input) return;
  suggestFor(input);
  input.addEventListener('input', (event) => event.stopPropagation());
  input.addEventListener('blur', () => {
    if (!isSwapping && input.value.trim() !== input.defaultValue.trim()) form.requestSubmit();
  });
  if (focused?.id === input.id && focused.value !== input.value) {
    input.value = focused.value;
    input.dispatchEvent(new Event('input'));
  }
}

/* Combobox: a list of suggestions below a box. The box works the same when there are none. */
function suggestFor(input) {
  const list = document.createElement('ul');
  list.id = `${input.id}-options`;
  list.className = 'options';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  input.after(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  })) {
    input.setAttribute(name, value);
  }
  let shown = [];
  let active = -1;
  let asking = new AbortController();
  let timer;

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = (next) => {
    active = next;
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(index === active));
      if (index === active) item.scrollIntoView({ block: 'nearest' });
    }
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${list.id}-${active}`);
  };
  const choose = (suggestion) => {
    close();
    if (suggestion.id) {
      location.href = `/correspondants/${encodeURIComponent(suggestion.id)}`;
      return;
    }
    if (input.name !== 'q') input.value = suggestion.where ?? suggestion.label;
    else {
      input.value = suggestion.q ?? (suggestion.kind === 'place' ? '' : suggestion.label);
      if (suggestion.where) form.elements.where.value = suggestion.where;
    }
    form.requestSubmit();
  };
  const show = (suggestions) => {
    shown = suggestions.slice(0, 8);
    list.replaceChildren(
      ...shown.map((it, index) => {
        const item = document.createElement('li');
        item.id = `${list.id}-${index}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        const label = document.createElement('bdi');
        label.textContent = it.label;
        const detail = document.createElement('small');
        detail.textContent = it.detail ?? '';
        item.append(label, detail);
        item.addEventListener('pointerdown', (event) => event.preventDefault());
        item.addEventListener('click', () => choose(it));
        return item;
      }),
    );
    active = -1;
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(shown.length > 0));
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (text.length < 2 || text.length > 200) return close();

    try {
      const answer = await fetch(`/v1/suggestions?${new URLSearchParams({ q: text })}`, {
        signal: asking.signal,
      });
      if (answer.ok && document.activeElement === input)
        show(
          (await answer.json()).suggestions.filter(
            (it) => input.name === 'q' || (it.kind === 'place' && it.q === null),
          ),
        );
      else close();
    } catch {
      // Typed on, or unreachable: the results below still come.
    }
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark(((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(shown[active]);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      clearTimeout(timer);
      asking.abort();
      close();
    }
  });
}

/* The map is fetched when it is first in view and there is something to show on it. */
function followMap() {
  const panel = document.querySelector('.map-panel');
  const element = document.getElementById('map');
  if (!panel || !element) return;
  let map;
  let isLoading = false;
  const load = async () => {
    if (
      map ||
      isLoading ||
      element.offsetParent === null ||
      !document.querySelector('#answer [data-position]')
    )
      return;
    isLoading = true;
    const { showMap } = await import(element.dataset.script);
    map = await showMap(element);
  };
  // After the answer is painted.
  document.addEventListener('answer', () => whenIdle(() => (map ? map.update() : load())));
  document.addEventListener('click', (event) => {
    const toggle = event.target.closest('.map-toggle');
    if (!toggle) return;
    const isOpen = panel.classList.toggle('is-open');
    toggle.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      load();
      panel.scrollIntoView({ block: 'nearest' });
    }
  });
  const isWide = matchMedia('(min-width: 76rem)');
  isWide.addEventListener('change', load);
  if (document.readyState === 'complete') load();
  else addEventListener('load', () => whenIdle(load));
}

function whenIdle(run) {
  if (globalThis.requestIdleCallback) requestIdleCallback(run, { timeout: 400 });
  else setTimeout(run, 100);
}
