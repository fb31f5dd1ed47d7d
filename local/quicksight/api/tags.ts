import type { Resource } from '../kept';
import { TagRequest } from './requests';
import { invalid, namedBy, ResourceError, type Place, type Resources } from './resources';
import type { Routes } from './routes';

const PATH = '/resources/:arn/tags';

/** Tags of whatever has an ARN here. */
export function tagRoutes(all: readonly Tagged[]): Routes {
  const of = (place: Place, arn: string): { readonly kind: Tagged; readonly id: string } => {
    const named = namedBy(arn, place);
    const kind = all.find((one) => one.kind === named?.kind);
    if (!named || !kind) throw new ResourceError('ResourceNotFoundException', `${arn} is not found`, 'RESOURCE');
    return { kind, id: named.id };
  };
  return {
    [`GET ${PATH}`]: ({ place, param }) => {
      const { kind, id } = of(place, param('arn'));
      return { Tags: kind.tags(place, id) };
    },
    [`POST ${PATH}`]: async ({ place, param, body }) => {
      const { Tags } = await body(TagRequest);
      const { kind, id } = of(place, param('arn'));
      const replaced = new Set(Tags.map(({ Key }) => Key));
      await kind.tag(place, id, [...kind.tags(place, id).filter(({ Key }) => !replaced.has(Key)), ...Tags]);
      return {};
    },
    [`DELETE ${PATH}`]: async ({ place, param, queries }) => {
      const { kind, id } = of(place, param('arn'));
      const keys = queries('keys');
      if (keys.length === 0) throw invalid('TagKeys must not be empty.');
      await kind.tag(place, id, kind.tags(place, id).filter(({ Key }) => !keys.includes(Key)));
      return {};
    },
  };
}

interface Tagged {
  readonly kind: string;
  tags(place: Place, id: string): Resource['tags'];
  tag(place: Place, id: string, tags: Resource['tags']): Promise<void>;
}

export const tagged = <T extends Resource>(resources: Resources<T>): Tagged => ({
  kind: resources.kind,
  tags: (place, id) => resources.of(place, id).tags,
  tag: async (place, id, tags) => void (await resources.put({ ...resources.of(place, id), tags })),
});
