import { Logger } from '@aws-lambda-powertools/logger';

/** Service name and log level come from the POWERTOOLS_* variables that the function factory sets. */
export const logger = new Logger();
