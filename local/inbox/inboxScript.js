// The list follows what is sent; the mail that is open stays as it is.
const list = document.querySelector('#list');
const mails = document.querySelector('#mails');
const form = document.querySelector('#filter');
const message = document.querySelector('#message');
const place = `place ${new URLSearchParams(new FormData(form))}`;
let refreshing = false;

async function refresh() {
  if (document.hidden || refreshing) return;
  refreshing = true;
  try {
    const response = await fetch(location.href);
    // 404: the open mail is gone, the others are not.
    if (!response.ok && response.status !== 404) throw new Error((await response.json()).error);
    show(new DOMParser().parseFromString(await response.text(), 'text/html'));
    message.textContent = '';
  } catch (error) {
    message.textContent = error instanceof TypeError ? 'The inbox does not answer; what is shown may be old.' : error.message;
  }
  refreshing = false;
}

function show(fresh) {
  for (const id of ['count', 'empty']) {
    const [old, other] = [document.getElementById(id), fresh.getElementById(id)];
    if (old.innerHTML !== other.innerHTML) old.replaceWith(other);
  }
  keepingPlace(() => merge([...fresh.querySelectorAll('#mails > li')]));
}

// Rows that are there already stay the same elements, and the focus with them.
function merge(rows) {
  const ids = new Set(rows.map(({ id }) => id));
  const gone = [...mails.children].filter(({ id }) => !ids.has(id));
  for (const old of gone) old.remove();
  rows.forEach((row, index) => {
    const there = mails.children[index];
    if (there?.id !== row.id) mails.insertBefore(document.getElementById(row.id) ?? row, there ?? null);
  });
}

// Whoever has scrolled down still sees the same rows; whoever is at the top sees what is new.
function keepingPlace(change) {
  const scroller = getComputedStyle(list).overflowY === 'auto' ? list : document.scrollingElement;
  const first = scroller.scrollTop > 0 ? [...mails.children].find((row) => row.getBoundingClientRect().bottom > 0) : undefined;
  const before = first?.getBoundingClientRect().top;
  change();
  if (first?.isConnected) scroller.scrollBy(0, first.getBoundingClientRect().top - before);
}

// A mail opens as a page of its own; the list beside it stays where it was.
list.scrollTop = Number(sessionStorage.getItem(place));
addEventListener('pagehide', () => sessionStorage.setItem(place, String(list.scrollTop)));
form.querySelector('select').addEventListener('change', () => form.requestSubmit());
document.addEventListener('visibilitychange', () => void refresh());
setInterval(() => void refresh(), 2000);
