package io.campaignlauncher.tools.events;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Writes rows into a table in PostgreSQL's binary COPY format. They are there once it is closed. */
public final class CopyWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final int NULL = -1;

    private final DataOutputStream out;
    private final int columns;

    /** @param columns as SQL names them, all that a row has */
    public CopyWriter(Connection connection, String table, String... columns) throws SQLException, IOException {
        this.columns = columns.length;
        out = new DataOutputStream(new BufferedOutputStream(
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), "copy " + table + " ("
                        + String.join(", ", columns) + ") from stdin (format binary)", BUFFER),
                BUFFER));
        out.write(CopyRow.header());
    }

    /** Begins a row; its columns follow, in order. */
    public CopyWriter row() throws IOException {
        out.writeShort(columns);
        return this;
    }

    public CopyWriter text(String value) throws IOException {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A bigint. */
    public CopyWriter number(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
        return this;
    }

    public CopyWriter bytes(byte @Nullable [] value) throws IOException {
        out.writeInt(value == null ? NULL : value.length);
        if (value != null) {
            out.write(value);
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        out.writeShort(CopyRow.END);
        out.close();
    }
}
