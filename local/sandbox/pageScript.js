// What a person does on the sandbox's page is a call of its controls: <button data-method data-path data-body>.
const message = document.querySelector('#message');

async function act(button) {
  const { method, path, from, body = '{}' } = button.dataset;
  button.disabled = true;
  try {
    const response = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: from ? document.querySelector(from).value : body });
    message.textContent = response.ok ? '' : await response.text();
  } catch (error) {
    message.textContent = String(error);
  }
  button.disabled = false;
  await refresh(button.closest('section'));
}

// Only what has changed is replaced, so that what a person has opened or is writing stays, and the focus with it.
async function refresh(actedIn) {
  if (document.hidden) return;
  const text = await fetch(location.href).then((response) => response.text(), () => undefined);
  if (text === undefined) return;
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  for (const section of document.querySelectorAll('section')) {
    const other = fresh.getElementById(section.id);
    const focused = section.querySelector(':focus');
    const inUse = section.querySelector('details[open], textarea:focus') && section !== actedIn;
    if (!other || inUse || section.innerHTML === other.innerHTML) continue;
    section.replaceWith(other);
    const same = [...other.querySelectorAll('button')].find((one) => one.textContent === focused?.textContent && one.dataset.path === focused?.dataset.path);
    same?.focus();
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-path]');
  if (button) void act(button);
});
setInterval(() => void refresh(), 2000);
