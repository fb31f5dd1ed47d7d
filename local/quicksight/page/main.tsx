import { render } from 'preact';
import type { DashboardSummary, ShownDashboard } from '../dashboards/model';
import { Dashboard } from './dashboard';
import { dateText } from './format';
import { useLive } from './live';
import { href, useRoute } from './route';

function Dashboards() {
  const { data, problem } = useLive<DashboardSummary[]>('/_dashboards');
  return (
    <main>
      <h1>Dashboards</h1>
      {problem !== undefined && <p class="note bad" role="alert">{problem}</p>}
      {data === undefined && problem === undefined && <p class="empty">Loading…</p>}
      {data?.length === 0 && <p class="empty">No dashboards yet: they are here once a stack with some is deployed.</p>}
      <ul class="dashboards">
        {data?.map(({ account, region, id, name, publishedAt }) => (
          <li key={`${account} ${region} ${id}`}>
            <a href={href(account, region, id)}>{name}</a>
            <span class="faint">
              account {account}, {region}, published {dateText(publishedAt, 'MINUTE')} UTC
            </span>
          </li>
        ))}
      </ul>
    </main>
  );
}

function Opened({ path: [account = '', region = '', id = ''], sheetId }: { readonly path: readonly string[]; readonly sheetId: string | undefined }) {
  const base = `/_dashboards/${[account, region, id].map(encodeURIComponent).join('/')}`;
  const { data, problem } = useLive<ShownDashboard>(base);
  return (
    <>
      <nav aria-label="Where you are">
        <a href="#/">Dashboards</a>
      </nav>
      {data === undefined ? (
        <main>
          <h1>Dashboard</h1>
          {problem === undefined ? <p class="empty">Loading…</p> : <p class="note bad" role="alert">{problem}</p>}
        </main>
      ) : (
        <>
          {problem !== undefined && <p class="note bad wide" role="alert">{problem}</p>}
          <Dashboard key={data.version} dashboard={data} base={base} sheetId={sheetId} />
        </>
      )}
    </>
  );
}

function Page() {
  const [account, region, id, sheetId] = useRoute();
  if (account === undefined || region === undefined || id === undefined) return <Dashboards />;
  return <Opened key={id} path={[account, region, id]} sheetId={sheetId} />;
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<Page />, page);
}
