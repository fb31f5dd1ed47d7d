import * as z from 'zod';
import type { Caller } from '../../aws/caller';
import { ServiceError } from '../../aws/errors';
import { operation } from '../../aws/json-service';
import { pipelineArn, type PipelineState } from '../engine/model';
import type { Pipelines } from '../pipelines';
import type { SourceWatch } from '../sources/source-watch';
import { entityName, pipelineDeclaration } from '../structure/declaration';
import { page, seconds } from './paging';

const tag = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) });
const arn = z.string();

/** Operations on pipelines themselves: their structure and tags. */
export function pipelineOperations(pipelines: Pipelines, watch: SourceWatch) {
  const byArn = ({ account, region }: Caller, resourceArn: string) => {
    const found = pipelines.list(account, region).find((state) => pipelineArn(state) === resourceArn);
    if (found === undefined) throw new ServiceError('ResourceNotFoundException', `${resourceArn} is no pipeline.`);
    return found;
  };
  return {
    CreatePipeline: operation(z.object({ pipeline: pipelineDeclaration, tags: z.array(tag).default([]) }), ({ pipeline, tags }, caller) => {
      const state = pipelines.create(caller.account, caller.region, pipeline, Object.fromEntries(tags.map(({ key, value }) => [key, value])));
      watch.begin(state, { type: 'CreatePipeline', detail: caller.arn });
      return { pipeline: declarationOf(state), tags };
    }),
    UpdatePipeline: operation(z.object({ pipeline: pipelineDeclaration }), ({ pipeline }, { account, region }) => {
      const state = pipelines.get(account, region, pipeline.name);
      pipelines.update(state, pipeline);
      watch.remember(state);
      return { pipeline: declarationOf(state) };
    }),
    DeletePipeline: operation(z.object({ name: entityName }), ({ name }, { account, region }) => {
      const state = pipelines.list(account, region).find(({ declaration }) => declaration.name === name);
      if (state !== undefined) pipelines.delete(state);
    }),
    GetPipeline: operation(z.object({ name: entityName, version: z.int().min(1).optional() }), ({ name, version }, { account, region }) => {
      const state = pipelines.get(account, region, name);
      const declaration = version === undefined ? state.declaration : pipelines.version(state, version);
      if (declaration === undefined) throw new ServiceError('PipelineVersionNotFoundException', `The pipeline ${name} has no version ${version}.`);
      const { createdAt, updatedAt } = state;
      return {
        pipeline: { ...declaration, version: version ?? state.version },
        metadata: { pipelineArn: pipelineArn(state), created: seconds(createdAt), updated: seconds(updatedAt) },
      };
    }),
    ListPipelines: operation(z.object({ maxResults: z.int().min(1).max(1000).default(1000), nextToken: z.string().optional() }), ({ maxResults, nextToken }, { account, region }) => {
      const { items, ...rest } = page(pipelines.list(account, region), maxResults, nextToken);
      return {
        pipelines: items.map(({ declaration, version, createdAt, updatedAt }) => ({
          name: declaration.name,
          version,
          pipelineType: declaration.pipelineType,
          executionMode: declaration.executionMode,
          created: seconds(createdAt),
          updated: seconds(updatedAt),
        })),
        ...rest,
      };
    }),
    TagResource: operation(z.object({ resourceArn: arn, tags: z.array(tag) }), ({ resourceArn, tags }, caller) => {
      const state = byArn(caller, resourceArn);
      pipelines.change(state, () => Object.assign(state.tags, Object.fromEntries(tags.map(({ key, value }) => [key, value]))));
    }),
    UntagResource: operation(z.object({ resourceArn: arn, tagKeys: z.array(z.string()) }), ({ resourceArn, tagKeys }, caller) => {
      const state = byArn(caller, resourceArn);
      pipelines.change(state, () => tagKeys.forEach((key) => delete state.tags[key]));
    }),
    ListTagsForResource: operation(z.object({ resourceArn: arn }), ({ resourceArn }, caller) => ({
      tags: Object.entries(byArn(caller, resourceArn).tags).map(([key, value]) => ({ key, value })),
    })),
  };
}

const declarationOf = ({ declaration, version }: PipelineState) => ({ ...declaration, version });
