import type { VpcConnection } from '../kept';
import { NewVpcConnection, VpcConnectionSettings } from './requests';
import { begun, type Resources } from './resources';
import { described, pageOf, type Routes } from './routes';

const PATH = '/accounts/:account/vpc-connections';

/** Connections into a VPC, kept for those who name them: on one machine nothing is out of reach. */
export function vpcConnectionRoutes(connections: Resources<VpcConnection>): Routes {
  const named = (one: VpcConnection): object => ({ Arn: connections.arn(one), VPCConnectionId: one.id });
  const shown = (one: VpcConnection): object => {
    const { Name, SubnetIds, SecurityGroupIds, DnsResolvers, RoleArn, createdAt, updatedAt } = one;
    return {
      ...named(one), Name, SecurityGroupIds, DnsResolvers, RoleArn,
      Status: updatedAt > createdAt ? 'UPDATE_SUCCESSFUL' : 'CREATION_SUCCESSFUL',
      AvailabilityStatus: 'AVAILABLE',
      NetworkInterfaces: SubnetIds.map((SubnetId) => ({ SubnetId, Status: 'AVAILABLE' })),
      ...described(one),
    };
  };
  return {
    [`POST ${PATH}`]: async ({ place, body }) => {
      const { VPCConnectionId, Tags, ...settings } = await body(NewVpcConnection);
      const made = await connections.create({ ...begun(place, VPCConnectionId, [], Tags), ...settings });
      return { ...named(made), CreationStatus: 'CREATION_IN_PROGRESS', AvailabilityStatus: 'UNAVAILABLE' };
    },
    [`GET ${PATH}`]: (request) => {
      const { page, NextToken } = pageOf(connections.in(request.place), request);
      return { VPCConnectionSummaries: page.map(shown), NextToken };
    },
    [`GET ${PATH}/:id`]: ({ place, param }) => ({ VPCConnection: shown(connections.of(place, param('id'))) }),
    [`PUT ${PATH}/:id`]: async ({ place, param, body }) => {
      const found = connections.of(place, param('id'));
      await connections.put({ ...found, ...(await body(VpcConnectionSettings)) });
      return { ...named(found), UpdateStatus: 'UPDATE_IN_PROGRESS', AvailabilityStatus: 'AVAILABLE' };
    },
    [`DELETE ${PATH}/:id`]: async ({ place, param }) => {
      const found = connections.of(place, param('id'));
      await connections.delete(place, found.id);
      return { ...named(found), DeletionStatus: 'DELETION_IN_PROGRESS', AvailabilityStatus: 'UNAVAILABLE' };
    },
  };
}
