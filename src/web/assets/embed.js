// The demonstration of the picker: what a page can read of it, as it changes.
const picker = document.querySelector('correspondant-picker');
const shown = document.getElementById('chosen');
const options = document.getElementById('options');

function show() {
  shown.textContent = JSON.stringify(picker.recipients, null, 2);
}

picker.addEventListener('change', show);
picker.form.addEventListener('reset', () => queueMicrotask(show));
options.hidden = false;
options.addEventListener('change', () => {
  picker.setAttribute('lang', options.elements.lang.value);
  picker.multiple = options.elements.several.checked;
  picker.required = options.elements.required.checked;
});
