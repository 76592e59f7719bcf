// <correspondant-picker>: recipients chosen in the directory, submitted with a form. Types: picker.d.ts.
const ORIGIN = new URL(import.meta.url).origin;
const WORDS = {
  fr: {
    hint: 'Nom, métier, service…',
    none: 'Personne ne répond',
    fail: 'L’annuaire ne répond pas',
    remove: 'Retirer',
    required: 'Choisissez un destinataire.',
    found: (n) => (n < 2 ? `${n} proposition` : `${n} propositions`),
    added: 'ajouté',
    removed: 'retiré',
    list: 'Propositions',
    chosen: 'Destinataires',
    active: 'ouverte depuis moins d’un mois',
    inactive: 'pas ouverte depuis un mois',
    unknown: 'ouverture inconnue',
    away: (day) => `absence jusqu’au ${day}`,
  },
  en: {
    hint: 'Name, profession, service…',
    none: 'Nobody matches',
    fail: 'The directory does not answer',
    remove: 'Remove',
    required: 'Choose a recipient.',
    found: (n) => (n === 1 ? '1 suggestion' : `${n} suggestions`),
    added: 'added',
    removed: 'removed',
    list: 'Suggestions',
    chosen: 'Recipients',
    active: 'opened within a month',
    inactive: 'not opened for a month',
    unknown: 'opening unknown',
    away: (day) => `away until ${day}`,
  },
};
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host{--a:var(--picker-accent,#0a5a62);--i:var(--picker-ink,#17282b);--s:var(--picker-surface,#fff);--e:var(--picker-edge,#77868a);display:block;position:relative;color:var(--i);font:inherit}
:host([hidden]){display:none}
@media(prefers-color-scheme:dark){:host{--a:var(--picker-accent,#84cdd2);--i:var(--picker-ink,#e8eeee);--s:var(--picker-surface,#182326);--e:var(--picker-edge,#7f9195)}}
*{box-sizing:border-box}
.field{display:flex;flex-wrap:wrap;gap:.3rem;padding:.3rem;border:1px solid var(--e);border-radius:var(--picker-radius,.5rem);background:var(--s)}
.field:focus-within{outline:3px solid var(--a);outline-offset:1px}
ul{display:contents;list-style:none;margin:0;padding:0}
.chip{display:inline-flex;align-items:center;gap:.3rem;max-width:100%;padding:0 .2rem 0 .6rem;border:1px solid var(--e);border-radius:2rem}
.chip bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
button{min-width:1.6rem;min-height:1.6rem;border:0;border-radius:50%;background:none;color:inherit;font:inherit;cursor:pointer}
button:focus-visible{outline:2px solid var(--a)}
input{flex:1;min-width:8rem;min-height:1.9rem;border:0;outline:0;background:none;color:inherit;font:inherit}
input::placeholder{color:inherit;opacity:.75}
.list{display:block;position:absolute;z-index:10;inset:calc(100% + 4px) 0 auto;max-height:20rem;overflow:auto;padding:.25rem;border:1px solid var(--e);border-radius:var(--picker-radius,.5rem);background:var(--s);box-shadow:0 8px 32px #0003}
.list[hidden]{display:none}
.list li{padding:.4rem .5rem;border-radius:.35rem;cursor:pointer;overflow-wrap:anywhere}
.list li[aria-selected=true]{box-shadow:inset 3px 0 var(--a);background:color-mix(in srgb,var(--a) 14%,var(--s))}
small{display:block}
.dot{display:inline-block;width:.65em;height:.65em;margin-inline-end:.4em;border:2px solid var(--e);border-radius:50%}
.dot.active{border-color:#2a8a52;background:#2a8a52}.dot.inactive{background:var(--e)}
.say{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`);

class CorrespondantPicker extends HTMLElement {
  static formAssociated = true;
  static observedAttributes = ['required', 'disabled', 'aria-label', 'lang', 'placeholder'];
  #internals = this.attachInternals();
  #root = this.attachShadow({ mode: 'open', delegatesFocus: true });
  #recipients = [];
  #options = [];
  #active = -1;
  #asking = new AbortController();
  #timer;
  #isDisabled = false;
  #chips;
  #input;
  #list;
  #say;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [SHEET];
    const make = (tag, attributes, ...children) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };
    this.#chips = make('ul', { class: 'chips', role: 'list' });
    this.#input = make('input', {
      part: 'input',
      type: 'text',
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': 'list',
      autocomplete: 'off',
      maxlength: '200',
      spellcheck: 'false',
    });
    this.#list = make('ul', { class: 'list', part: 'list', id: 'list', role: 'listbox', hidden: '' });
    this.#say = make('div', { class: 'say', role: 'status' });
    this.#root.append(
      make('div', { class: 'field', part: 'field' }, this.#chips, this.#input),
      this.#list,
      this.#say,
    );
    this.#input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), 120);
    });
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#input.addEventListener('blur', () => this.#close());
  }

  connectedCallback() {
    // What a page or a framework set before this script came.
    for (const name of ['recipients', 'multiple', 'required', 'disabled', 'name']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.#close();
  }

  attributeChangedCallback() {
    const words = this.#words();
    this.#input.placeholder = this.getAttribute('placeholder') ?? words.hint;
    const label =
      this.getAttribute('aria-label') ??
      document.getElementById(this.getAttribute('aria-labelledby') ?? '')?.textContent ??
      this.#internals.labels[0]?.textContent ??
      words.chosen;
    this.#input.setAttribute('aria-label', label.trim());
    this.#input.disabled = this.#isDisabled || this.hasAttribute('disabled');
    this.#list.setAttribute('aria-label', words.list);
    this.#chips.setAttribute('aria-label', words.chosen);
    this.#showChips();
    this.#submit();
  }

  formResetCallback() {
    this.recipients = [];
  }

  /** The browser came back to a page that was filled in. */
  formStateRestoreCallback(state) {
    try {
      this.recipients = JSON.parse(state);
    } catch {
      // It holds nothing of ours.
    }
  }

  formDisabledCallback(isDisabled) {
    this.#isDisabled = isDisabled;
    this.attributeChangedCallback();
  }

  get form() {
    return this.#internals.form;
  }
  get validity() {
    return this.#internals.validity;
  }
  checkValidity() {
    return this.#internals.checkValidity();
  }
  reportValidity() {
    return this.#internals.reportValidity();
  }
  get name() {
    return this.getAttribute('name') ?? '';
  }
  set name(name) {
    this.setAttribute('name', name);
  }
  get multiple() {
    return this.hasAttribute('multiple');
  }
  set multiple(on) {
    this.toggleAttribute('multiple', on);
  }
  get required() {
    return this.hasAttribute('required');
  }
  set required(on) {
    this.toggleAttribute('required', on);
  }
  get disabled() {
    return this.hasAttribute('disabled');
  }
  set disabled(on) {
    this.toggleAttribute('disabled', on);
  }
  get value() {
    return this.#recipients.map((it) => it.address).join(',');
  }
  get recipients() {
    return [...this.#recipients];
  }
  set recipients(recipients) {
    this.#recipients = [...recipients];
    this.#showChips();
    this.#submit();
  }

  #words() {
    const lang = this.closest('[lang]')?.getAttribute('lang') ?? 'fr';
    return lang.startsWith('en') ? WORDS.en : WORDS.fr;
  }

  #toDay(day) {
    const lang = this.#words() === WORDS.en ? 'en-GB' : 'fr-FR';
    return new Date(`${day}T12:00:00`).toLocaleDateString(lang, { day: 'numeric', month: 'long' });
  }

  #submit() {
    const data = new FormData();
    for (const { address } of this.#recipients) data.append(this.name, address);
    const isEmpty = this.#recipients.length === 0 || !this.name;
    this.#internals.setFormValue(isEmpty ? null : data, JSON.stringify(this.#recipients));
    const isMissing = this.required && this.#recipients.length === 0;
    this.#internals.setValidity(
      isMissing ? { valueMissing: true } : {},
      isMissing ? this.#words().required : '',
      this.#input,
    );
  }

  #showChips() {
    this.#chips.replaceChildren(
      ...this.#recipients.map((recipient) => {
        const chip = document.createElement('li');
        chip.className = 'chip';
        chip.part = 'chip';
        const name = document.createElement('bdi');
        name.textContent = recipient.name;
        chip.title = recipient.address;
        const remove = document.createElement('button');
        remove.type = 'button';
        remove.textContent = '×';
        remove.setAttribute('aria-label', `${this.#words().remove} ${recipient.name}`);
        remove.addEventListener('click', () => {
          this.#remove(recipient);
          this.#input.focus();
        });
        chip.append(name, remove);
        return chip;
      }),
    );
  }

  #add(recipient) {
    const others = this.multiple ? this.#recipients.filter((it) => it.address !== recipient.address) : [];
    this.recipients = [...others, recipient];
    this.#input.value = '';
    this.#close();
    this.#say.textContent = `${recipient.name}, ${this.#words().added}`;
    this.#tell('recipientadd', recipient);
  }

  #remove(recipient) {
    this.recipients = this.#recipients.filter((it) => it !== recipient);
    this.#say.textContent = `${recipient.name}, ${this.#words().removed}`;
    this.#tell('recipientremove', recipient);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  async #ask() {
    this.#asking.abort();
    const asking = (this.#asking = new AbortController());
    const q = this.#input.value.trim();
    if (q.length < 2) return this.#close();
    const asked = new URLSearchParams({ q, hasMailbox: 'true', limit: '8' });
    for (const name of ['kind', 'where', 'near'])
      if (this.getAttribute(name)) asked.set(name, this.getAttribute(name));
    try {
      const answer = await fetch(`${ORIGIN}/v1/correspondents?${asked}`, {
        signal: asking.signal,
        credentials: 'omit',
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { results } = await answer.json();
      if (!asking.signal.aborted) this.#showOptions(results.map(toRecipient));
    } catch {
      if (asking.signal.aborted) return;
      this.#close();
      this.#say.textContent = this.#words().fail;
    }
  }

  #showOptions(recipients) {
    const words = this.#words();
    this.#options = recipients;
    this.#active = -1;
    this.#list.replaceChildren(
      ...recipients.map((recipient, index) => {
        const option = document.createElement('li');
        option.id = `o${index}`;
        option.part = 'option';
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const dot = document.createElement('span');
        dot.className = `dot ${recipient.status}`;
        const name = document.createElement('bdi');
        name.textContent = recipient.name;
        const detail = document.createElement('small');
        const away = recipient.awayUntil && words.away(this.#toDay(recipient.awayUntil));
        detail.textContent = [recipient.detail, recipient.address, words[recipient.status], away]
          .filter(Boolean)
          .join(' · ');
        option.append(dot, name, detail);
        option.addEventListener('pointerdown', (event) => event.preventDefault());
        option.addEventListener('click', () => this.#add(recipient));
        return option;
      }),
    );
    this.#say.textContent = recipients.length === 0 ? words.none : words.found(recipients.length);
    this.#list.hidden = recipients.length === 0;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    this.#input.removeAttribute('aria-activedescendant');
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
  }

  #mark(next) {
    this.#active = next;
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(index === next));
      if (index === next) option.scrollIntoView({ block: 'nearest' });
    }
    this.#input.setAttribute('aria-activedescendant', `o${next}`);
  }

  #onKey(event) {
    if (event.isComposing) return;
    const isOpen = !this.#list.hidden;
    const count = this.#options.length;
    if (event.key === 'ArrowDown' && isOpen) this.#mark((this.#active + 1) % count);
    else if (event.key === 'ArrowUp' && isOpen) this.#mark((this.#active - 1 + count) % count);
    else if (event.key === 'Enter' && isOpen) this.#add(this.#options[Math.max(this.#active, 0)]);
    else if (event.key === 'Escape' && isOpen) this.#close();
    else if (event.key === 'Backspace' && this.#input.value === '' && this.#recipients.length > 0)
      this.#remove(this.#recipients.at(-1));
    else return;
    event.preventDefault();
  }
}

function toRecipient({ id, name, profession, serviceName, places, mailboxes, profile }) {
  const { address, status } = mailboxes[0];
  return {
    id,
    name,
    detail: [profession?.label ?? serviceName, places[0]?.commune?.name].filter(Boolean).join(' · '),
    address,
    status,
    awayUntil: profile?.away?.end,
  };
}

if (!customElements.get('correspondant-picker'))
  customElements.define('correspondant-picker', CorrespondantPicker);
