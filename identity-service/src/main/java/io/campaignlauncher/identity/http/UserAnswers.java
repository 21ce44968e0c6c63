package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.identity.model.UserRules;
import io.campaignlauncher.identity.store.User;
import io.campaignlauncher.identity.store.Users;
import java.util.LinkedHashMap;
import java.util.Map;

/** Users as answers show them. */
final class UserAnswers {

    private UserAnswers() {}

    static Map<String, Object> of(User user) {
        var body = new LinkedHashMap<String, Object>();
        body.put("userId", user.userId().toString());
        body.put("username", user.username());
        body.put("tenant", user.tenant());
        body.put("roles", Role.words(user.roles()));
        body.put("disabled", user.disabled());
        body.put("createdAt", user.createdAt().toString());
        return body;
    }

    /** @throws Problem for what was not done */
    static User done(Users.Outcome outcome) {
        return switch (outcome) {
            case Users.Outcome.Done(User user) -> user;
            case Users.Outcome.NameTaken _ ->
                throw Problem.conflict("The name is taken", "Somebody is called that already; choose another name.");
            case Users.Outcome.NoSuchUser _ -> throw Problem.notFound("No such user");
            case Users.Outcome.NoInvitation _ ->
                throw Problem.forbidden("The invitation is not good, or not any more.");
            case Users.Outcome.Refused(UserRules.Refusal refusal) -> throw refused(refusal);
        };
    }

    private static Problem refused(UserRules.Refusal refusal) {
        return switch (refusal) {
            case ROLE_NOT_YOURS_TO_GIVE ->
                Problem.forbidden("A role is meant that you may neither give nor take away.");
            case NOT_ONESELF -> Problem.forbidden("Your own roles, and whether you are locked out, others change.");
            case LAST_SUPER_ADMIN -> Problem.conflict("Nobody would be left",
                    "This is the last super_admin who is not locked out; make another first.");
        };
    }
}
