package io.campaignlauncher.embedded;

import io.campaignlauncher.schemas.rights.KafkaRights;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * What the users of an embedded broker may do: what the table says, and nothing else. It is told the broker at each start, so that
 * a folder of an older version needs nothing but that. Rules for others, which somebody made by hand, are left alone.
 */
final class BrokerRights {

    private static final Duration CALL_MAX = Duration.ofSeconds(20);

    private BrokerRights() {}

    /** Kafka's setting of who may do everything: the broker itself, and who cares for it. */
    static String superUsers() {
        return Stream.concat(Stream.of(BrokerUsers.SELF),
                Arrays.stream(ServiceLogin.values()).filter(who -> who.rights().isEmpty()).map(ServiceLogin::user))
                .map(BrokerRights::principal).collect(Collectors.joining(";"));
    }

    /** Returns when the broker has them. */
    static void apply(String bootstrapServers, Passwords passwords) {
        var settings = new HashMap<String, Object>(BrokerUsers.client(ServiceLogin.OPERATOR, passwords));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_MAX.toMillis());
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) CALL_MAX.toMillis());
        try (var admin = Admin.create(settings)) {
            var found = ours(admin);
            var wanted = wanted();
            var missing = without(wanted, found);
            if (!missing.isEmpty()) {
                admin.createAcls(missing).all().get();
            }
            var surplus = without(found, wanted);
            if (!surplus.isEmpty()) {
                admin.deleteAcls(surplus.stream().map(AclBinding::toFilter).toList()).all().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not take who may do what: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private static Set<AclBinding> ours(Admin admin) throws ExecutionException, InterruptedException {
        var users = Arrays.stream(ServiceLogin.values()).map(who -> principal(who.user())).collect(Collectors.toSet());
        return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                .filter(acl -> users.contains(acl.entry().principal())).collect(Collectors.toSet());
    }

    private static Set<AclBinding> wanted() {
        return Arrays.stream(ServiceLogin.values())
                .flatMap(who -> who.rights().stream().flatMap(KafkaRights::of)
                        .flatMap(right -> right.acls(principal(who.user()))))
                .collect(Collectors.toSet());
    }

    private static Set<AclBinding> without(Set<AclBinding> all, Set<AclBinding> others) {
        var rest = new HashSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private static String principal(String user) {
        return new KafkaPrincipal(KafkaPrincipal.USER_TYPE, user).toString();
    }
}
