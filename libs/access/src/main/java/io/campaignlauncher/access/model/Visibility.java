package io.campaignlauncher.access.model;

import org.jspecify.annotations.Nullable;

/**
 * Which data somebody may see. A parameter of every query about what belongs to somebody; what is outside is not there for them.
 *
 * @param tenant null: of all tenants
 * @param owner  the subject whose data it is; null: everybody's of the tenant
 */
public record Visibility(@Nullable String tenant, @Nullable String owner) {

    private static final Visibility EVERYTHING = new Visibility(null, null);

    /** For what the system asks on its own account, and for a super_admin. */
    public static Visibility everything() {
        return EVERYTHING;
    }

    /** Moderators and admins see their tenant's, everybody else their own. */
    public static Visibility of(Principal principal) {
        var roles = principal.roles();
        if (roles.contains(Role.SUPER_ADMIN)) {
            return EVERYTHING;
        }
        boolean everybodys = roles.contains(Role.ADMIN) || roles.contains(Role.MODERATOR);
        return new Visibility(principal.tenant(), everybodys ? null : principal.subject());
    }

    /** Of what is no business of moderators: admins see their tenant's, everybody else their own. */
    public static Visibility asAdmin(Principal principal) {
        var roles = principal.roles();
        if (roles.contains(Role.SUPER_ADMIN)) {
            return EVERYTHING;
        }
        return new Visibility(principal.tenant(), roles.contains(Role.ADMIN) ? null : principal.subject());
    }

    /** Whether data of this tenant and owner is inside. */
    public boolean covers(String dataTenant, String dataOwner) {
        return (tenant == null || tenant.equals(dataTenant)) && (owner == null || owner.equals(dataOwner));
    }
}
