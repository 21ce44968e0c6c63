package io.campaignlauncher.tools;

import io.campaignlauncher.tools.archive.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Keeps what a command is about to overwrite or delete: a JSON object a line, in a file of its owner's alone. */
final class Backup {

    @Option(names = "--backup", paramLabel = "FILE", description = "Where what this overwrites is written first (default: a new file in the current folder).")
    private @Nullable Path file;

    /** A file that is made once there is something to keep. Nothing may be overwritten before {@link #kept}. */
    static final class Open implements AutoCloseable {

        private final Path file;
        private @Nullable FileChannel channel;

        private Open(Path file) {
            this.file = file;
        }

        private FileChannel channel() throws IOException {
            if (channel == null) {
                channel = PrivateFile.create(file);
            }
            return channel;
        }

        void line(JsonNode line) {
            var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            try {
                while (bytes.hasRemaining()) {
                    channel().write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns when it is on the disk. @return where, for people */
        Path kept() throws IOException {
            channel().force(true);
            return file;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    Open open(CommandSpec spec) {
        var at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString().replace(":", "");
        var path = file != null ? file
                : Path.of(String.format(Locale.ROOT, "campaign-tools-%s-%s.jsonl",
                        spec.qualifiedName("-").replace("campaign-tools-", ""), at));
        return new Open(path.toAbsolutePath());
    }
}
