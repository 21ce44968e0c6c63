package io.campaignlauncher.identity.store;

import io.campaignlauncher.identity.model.SigningRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys that sign access tokens: one signs, one is published in advance, and those before are published while tokens of theirs live. */
public final class SigningKeys {

    /** Longer than any access token is good, and than anybody keeps a key set. */
    private static final Duration PUBLISHED_AFTER = Duration.ofHours(2);

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Duration life;

    /** What a key is for. */
    public enum State {
        SIGNING("signing"), NEXT("next"), RETIRED("retired");

        private final String word;

        State(String word) {
            this.word = word;
        }

        static State named(String word) {
            for (var state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalStateException("no state of a signing key: " + word);
        }
    }

    /**
     * @param publicKey   a JWK
     * @param privateKey  encrypted
     * @param signingSince null: not yet
     */
    public record Stored(String keyId, State state, String publicKey, byte[] privateKey,
            @Nullable Instant signingSince) {

        /** Of a key that was made just now. */
        public static Stored fresh(String keyId, String publicKey, byte[] privateKey) {
            return new Stored(keyId, State.NEXT, publicKey, privateKey, null);
        }

        @Override
        public String toString() {
            return "Stored[" + keyId + "]";
        }
    }

    /** @param life how long a key signs */
    public SigningKeys(JdbcClient sql, TransactionTemplate transactions, Duration life) {
        this.sql = sql;
        this.transactions = transactions;
        this.life = life;
    }

    /**
     * All that are published. Makes those that are missing, and lets the next one sign where its time has come.
     *
     * @param another makes a key
     */
    public List<Stored> published(Supplier<Stored> another) {
        var keys = read();
        return isSettled(keys) ? keys : Objects.requireNonNull(transactions.execute(_ -> {
            // Of several instances one does it, the others find it done.
            sql.sql("select pg_advisory_xact_lock(hashtext('identity.signing-keys'))").query().listOfRows();
            var locked = read();
            if (isSettled(locked)) {
                return locked;
            }
            if (locked.stream().noneMatch(key -> key.state() == State.NEXT)) {
                insert(another.get());
            }
            sql.sql("update identity.signing_keys set state = 'retired', retired_at = clock_timestamp() where state = 'signing'")
                    .update();
            sql.sql("update identity.signing_keys set state = 'signing', signing_since = clock_timestamp() where state = 'next'")
                    .update();
            insert(another.get());
            return read();
        }));
    }

    private boolean isSettled(List<Stored> keys) {
        var now = sql.sql("select clock_timestamp() as now").query((row, _) -> Rows.required(row, "now")).single();
        return keys.stream().anyMatch(key -> key.state() == State.NEXT)
                && keys.stream().anyMatch(key -> key.signingSince() != null && key.state() == State.SIGNING
                        && !SigningRules.isDue(key.signingSince(), now, life));
    }

    private List<Stored> read() {
        return sql.sql("""
                select * from identity.signing_keys
                where retired_at is null or retired_at > clock_timestamp() - make_interval(secs => :kept)
                order by created_at""")
                .param("kept", PUBLISHED_AFTER.toSeconds())
                .query((row, _) -> new Stored(row.getString("key_id"), State.named(row.getString("state")),
                        row.getString("public_key"), row.getBytes("private_key"), Rows.time(row, "signing_since")))
                .list();
    }

    /** Keeps a private key under another encryption, unless somebody else did so meanwhile. */
    public void encryptedAnew(Stored key, byte[] privateKey) {
        sql.sql("""
                update identity.signing_keys set private_key = :private
                where key_id = :id and private_key = :before""")
                .param("private", privateKey).param("id", key.keyId()).param("before", key.privateKey())
                .update();
    }

    private void insert(Stored key) {
        sql.sql("""
                insert into identity.signing_keys (key_id, state, public_key, private_key)
                values (:id, 'next', :public, :private)""")
                .param("id", key.keyId()).param("public", key.publicKey()).param("private", key.privateKey())
                .update();
    }
}
