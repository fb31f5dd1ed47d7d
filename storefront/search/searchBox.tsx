import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { suggestProducts } from '../api';
import { navigate } from '../route';
import { ENGLISH_DATA, useLanguage } from '../words/language';
import { addressOf, MAX_SEARCH_TEXT, searchText } from './asked';
import { type Suggester, type Suggestion, suggester } from './suggester';

/** The search in the header, a combobox of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. `searched` is what the page shows results of. */
export function SearchBox({ searched }: { searched: string }) {
  const { search } = useLanguage().words;
  const [text, setText] = useState(searched);
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const asking = useRef<Suggester>(null);
  const list = useId();

  const show = (found: readonly Suggestion[]) => {
    setSuggestions(found);
    setActive(-1);
  };
  const close = () => {
    asking.current?.stop();
    show([]);
  };
  useEffect(() => {
    const current = (asking.current = suggester(suggestProducts, show));
    return () => current.stop();
  }, []);
  useEffect(() => {
    setText(searched);
    close();
  }, [searched]);

  const go = (path: string) => {
    close();
    // Puts a phone's keyboard away.
    field.current?.blur();
    navigate(path);
  };
  const choose = ({ productId, text: name }: Suggestion) => {
    setText(name);
    go(`/products/${productId}`);
  };
  const pressed = (event: KeyboardEvent) => {
    const chosen = suggestions[active];
    if (event.isComposing) return;
    if (event.key === 'Enter' && chosen) choose(chosen);
    else if (event.key === 'Escape' && suggestions.length > 0) close();
    else if (event.key === 'ArrowDown' && suggestions.length > 0) setActive(active + 1 < suggestions.length ? active + 1 : -1);
    else if (event.key === 'ArrowUp' && suggestions.length > 0) setActive(active >= 0 ? active - 1 : suggestions.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <form
      class="search-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        go(addressOf({ q: searchText(text) }));
      }}
    >
      <input
        ref={field}
        type="text"
        role="combobox"
        inputMode="search"
        enterKeyHint="search"
        aria-label={search.searchTheShop}
        placeholder={search.searchTheShop}
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={list}
        aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        maxLength={MAX_SEARCH_TEXT}
        value={text}
        onInput={({ currentTarget: { value } }) => {
          setText(value);
          asking.current?.typed(searchText(value));
        }}
        onKeyDown={pressed}
        onBlur={close}
      />
      <button type="submit">{search.search}</button>
      <ul id={list} role="listbox" aria-label={search.suggestions} hidden={suggestions.length === 0}>
        {suggestions.map((suggestion, index) => (
          <li
            key={suggestion.productId}
            id={`${list}-${index}`}
            role="option"
            lang={ENGLISH_DATA}
            aria-selected={index === active}
            // The field keeps the focus, or the list would be gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(suggestion)}
          >
            {suggestion.text}
          </li>
        ))}
      </ul>
      <span class="visually-hidden" role="status">
        {suggestions.length > 0 && search.suggestionsFound(suggestions.length)}
      </span>
    </form>
  );
}
