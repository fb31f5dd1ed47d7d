import { Report, ReportPath, ReportPending, ReportQuery } from '../analytics';
import { OPERATORS } from './route';
import type { Route } from './route';

export const ANALYTICS_ROUTES = {
  getReport: {
    method: 'GET',
    path: '/api/analytics/{report}',
    summary: 'Revenue, orders, conversion, funnel, top products, live visitors, searches without results',
    ...OPERATORS,
    pathParameters: ReportPath,
    query: ReportQuery,
    problems: ['report-not-found', 'report-gone', 'analytics-away'],
    status: 200,
    response: Report,
    pending: ReportPending,
  },
} as const satisfies Record<string, Route>;
