package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.WebhookSecretName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The command on a real database, with secrets as the job-service stores them. */
class ReencryptWebhooksIT {

    private static final String SECRET = "whsec_averySecretSecret";

    private static StoreUnderTest store;
    private static JdbcClient sql;

    private record CommandResult(int code, String out, String err) {}

    @BeforeAll
    static void database() throws SQLException {
        store = new StoreUnderTest("reencrypt_webhooks");
        sql = JdbcClient.create(new DriverManagerDataSource(store.address().url(), store.address().properties()));
    }

    @BeforeEach
    void nothing_is_registered() throws SQLException {
        store.execute("delete from webhooks");
    }

    @Test
    void with_the_first_key_alone_every_secret_is_readable_afterwards() {
        var webhooks = IntStream.range(0, 300).mapToObj(_ -> webhook("acme")).toList();
        webhooks.forEach(id -> IntStream.of(1, 2).forEach(n -> secret("acme", id, n, key(1))));
        var local = webhook("local");
        secret("local", local, 1, key(2));

        var first = run(key(2), key(1));
        assertThat(first.out()).contains("600 encrypted with the first key, 1 were already, 0 that no key opens");
        assertThat(first.code()).isZero();
        webhooks.forEach(id -> IntStream.of(1, 2).forEach(
                n -> assertThat(opened("acme", id, n, key(2))).isEqualTo(SECRET + n)));
        assertThat(opened("local", local, 1, key(2))).isEqualTo(SECRET + 1);

        assertThat(run(key(2), key(1)).out()).contains("0 encrypted with the first key, 601 were already");
        assertThat(first.out() + first.err()).doesNotContain("whsec_", key(1), key(2));
    }

    @Test
    void names_the_webhook_of_what_no_key_opens_and_leaves_it_as_it_is() {
        var foreign = webhook("acme");
        secret("acme", foreign, 1, key(3));
        var mine = webhook("acme");
        secret("acme", mine, 1, key(1));

        var result = run(key(2), key(1));

        assertThat(result.code()).isOne();
        assertThat(result.out()).contains("1 encrypted with the first key, 0 were already, 1 that no key opens");
        assertThat(result.err()).contains(foreign.toString()).doesNotContain(mine.toString(), "whsec_");
        assertThat(opened("acme", foreign, 1, key(3))).isEqualTo(SECRET + 1);
    }

    @Test
    void never_writes_over_a_secret_that_was_changed_meanwhile_and_brings_back_none_that_was_deleted()
            throws SQLException {
        var changed = webhook("acme");
        secret("acme", changed, 1, key(1));
        var name = new WebhookSecretName("acme", changed, 1);
        var cipher = TokenCipher.withKey(key(2) + "," + key(1));
        var read = new WebhookReencryption.Secret(name, encrypted(changed));
        try (var reencryption = new WebhookReencryption(store.address(), cipher)) {
            var newer = TokenCipher.withKey(key(1)).encrypt(name.key(), "whsec_newer");
            sql.sql("update webhook_secrets set encrypted = ?").param(newer).update();
            assertThat(reencryption.write(read, cipher.encrypt(name.key(), SECRET))).isFalse();
            assertThat(reencryption.run().done()).isOne();
            assertThat(opened("acme", changed, 1, key(2))).isEqualTo("whsec_newer");

            store.execute("delete from webhooks");
            assertThat(reencryption.write(read, cipher.encrypt(name.key(), SECRET))).isFalse();
            assertThat(sql.sql("select count(*) from webhook_secrets").query(Integer.class).single()).isZero();
        }
    }

    @Test
    void says_which_variable_holds_no_key_and_shows_nothing_of_it() {
        var result = run("no-key");
        assertThat(result.code()).isOne();
        assertThat(result.err()).contains("KEYS").doesNotContain("no-key");
    }

    private static UUID webhook(String tenant) {
        var id = UUID.randomUUID();
        sql.sql("insert into webhooks values (?, ?, 'ann', 'https://example.com/', ?, now())")
                .params(id, tenant, id.toString().getBytes()).update();
        return id;
    }

    private static void secret(String tenant, UUID id, int generation, String key) {
        sql.sql("insert into webhook_secrets values (?, ?, ?, now())").params(id, generation, TokenCipher.withKey(key)
                .encrypt(new WebhookSecretName(tenant, id, generation).key(), SECRET + generation)).update();
    }

    private static byte[] encrypted(UUID id) {
        return sql.sql("select encrypted from webhook_secrets where webhook_id = ?").param(id).query(byte[].class)
                .single();
    }

    private static String opened(String tenant, UUID id, int generation, String key) {
        var encrypted = sql.sql("select encrypted from webhook_secrets where webhook_id = ? and generation = ?")
                .params(id, generation).query(byte[].class).single();
        try {
            return TokenCipher.withKey(key).decrypt(new WebhookSecretName(tenant, id, generation).key(), encrypted);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static CommandResult run(String... keys) {
        var out = new StringWriter();
        var err = new StringWriter();
        var address = store.address();
        var code = Tools.run(
                Map.of("KEYS", String.join(",", keys), "SPRING_DATASOURCE_URL", address.url(),
                        "SPRING_DATASOURCE_USERNAME", String.valueOf(address.user()), "SPRING_DATASOURCE_PASSWORD",
                        String.valueOf(address.password())),
                new PrintWriter(out, true), new PrintWriter(err, true), "webhooks", "reencrypt",
                "--credentials-key-env", "KEYS");
        return new CommandResult(code, out.toString(), err.toString());
    }

    private static String key(int filling) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
