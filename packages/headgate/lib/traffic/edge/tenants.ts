import { Fields, type Resource, resourceIn, type Templates } from '../../template';
import { DISTRIBUTION_TENANT } from '../resource-types';

/** Whether a distribution serves nobody but its tenants (CF-22). */
export function isMultiTenant(config: Fields): boolean {
  return config.string('ConnectionMode') === 'tenant-only';
}

/** The tenants of a distribution that the templates have and that are enabled, as far as is known. */
export function tenantsOf(distribution: Resource, templates: Templates): readonly Fields[] {
  return templates
    .ofType(DISTRIBUTION_TENANT)
    .map((tenant) => Fields.of(tenant))
    .filter(
      (tenant) => resourceIn(tenant.raw('DistributionId')) === distribution && tenant.boolean('Enabled') !== false,
    );
}
