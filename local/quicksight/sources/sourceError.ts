/** Why a data source did not give its rows: https://docs.aws.amazon.com/quicksight/latest/APIReference/API_ErrorInfo.html */
export class SourceError extends Error {
  constructor(
    readonly type: 'DATA_SOURCE_NOT_FOUND' | 'FAILURE_TO_ASSUME_ROLE' | 'UNRESOLVABLE_HOST' | 'CONNECTION_FAILURE' | 'PERMISSION_DENIED' | 'SQL_EXCEPTION' | 'SQL_TABLE_NOT_FOUND' | 'DATA_SET_SIZE_LIMIT_EXCEEDED' | 'INTERNAL_SERVICE_ERROR',
    message: string,
  ) {
    super(message);
    this.name = 'SourceError';
  }
}

/** What an AWS client threw, as the source's error. */
export function sourceError(thrown: unknown): SourceError {
  if (thrown instanceof SourceError) return thrown;
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (name === 'AccessDenied' && message.startsWith('The role')) return new SourceError('FAILURE_TO_ASSUME_ROLE', message);
  if (/AccessDenied/.test(name)) return new SourceError('PERMISSION_DENIED', message);
  if (/^(ResourceNotFound|InvalidRequest|Validation)/.test(name)) return new SourceError('SQL_EXCEPTION', message);
  return new SourceError('CONNECTION_FAILURE', message);
}
