package io.campaignlauncher.tools.archive;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.archive.Manifest.Part;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.TimeRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of a range of time into a folder of files. The folder gets its name when everything is in it and on the
 * disk: whatever stops an export, nothing is left that passes for whole.
 */
public final class Export {

    /** From the time of an event to its place in the store: no service takes longer. */
    static final Duration LATEST_WRITE = Duration.ofMinutes(1);

    private final ExportSource source;
    private final TimeRange range;
    private final int eventsPerFile;
    private final EventLine lines = new EventLine(new AvroEncoding());
    private final HashChain chain = new HashChain(ExportFormat.LATEST);
    private final List<Part> parts = new ArrayList<>();
    private @Nullable PartWriter part;
    private long events;

    /** Of an event store. @param eventsPerFile at most, before the next file is begun */
    public Export(EventStore.Address address, EventStoreSchema schema, TimeRange range, int eventsPerFile) {
        this(new StoreEvents(address, schema, range), range, eventsPerFile);
    }

    /**
     * @param source        has events of this range alone
     * @param eventsPerFile at most, before the next file is begun
     */
    public Export(ExportSource source, TimeRange range, int eventsPerFile) {
        if (eventsPerFile < 1) {
            throw new OperationRefused("a file holds at least 1 event, not " + eventsPerFile);
        }
        this.source = source;
        this.range = range;
        this.eventsPerFile = eventsPerFile;
    }

    /**
     * What was written.
     *
     * @param chainEnd    the last link, hex
     * @param manifestSum of the manifest, hex
     */
    public record Summary(long events, int files, String chainEnd, String manifestSum, boolean mayGrow) {}

    /**
     * Call it once.
     *
     * @param out      does not exist yet, but the folder that it will be in does
     * @param progress is told how many events were written
     */
    public Summary to(Path out, LongConsumer progress) throws IOException, SQLException {
        var whole = out.toAbsolutePath().normalize();
        var parent = whole.getParent();
        if (Files.exists(whole)) {
            throw new OperationRefused(whole + " is there already; an export makes its own folder");
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw new OperationRefused("there is no folder " + parent + " to put the export in");
        }
        var partial = Files.createTempDirectory(parent, whole.getFileName() + ".partial-");
        try {
            var manifest = write(partial, progress);
            seal(partial, manifest);
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            flush(parent);
            return new Summary(manifest.events(), 2 * parts.size(), manifest.chainEnd(),
                    String.valueOf(manifest.sha256()), manifest.mayGrow());
        } catch (FileAlreadyExistsException e) {
            throw new OperationRefused(whole + " was made by somebody else meanwhile");
        } finally {
            removeWithContent(partial);
        }
    }

    private Manifest write(Path folder, LongConsumer progress) throws IOException, SQLException {
        try {
            var reach = source.read(event -> write(folder, event, progress));
            if (part != null) {
                finish(part);
                part = null;
            }
            return manifest(reach);
        } finally {
            if (part != null) {
                part.close();
            }
        }
    }

    private void write(Path folder, StoredEvent event, LongConsumer progress) throws IOException {
        var current = part;
        if (current != null && current.events() == eventsPerFile) {
            part = null;
            finish(current);
            current = null;
        }
        if (current == null) {
            current = new PartWriter(folder, parts.size() + 1);
            part = current;
        }
        var link = chain.add(event);
        current.write(new ExportedEvent(event, link), lines.of(event, link));
        progress.accept(++events);
    }

    private void finish(PartWriter part) throws IOException {
        try (part) {
            parts.add(part.finish());
        }
    }

    private Manifest manifest(ExportSource.Reach reach) {
        @Nullable
        Long first = parts.isEmpty() ? null : Long.valueOf(parts.getFirst().firstGlobalIndex());
        @Nullable
        Long last = parts.isEmpty() ? null : Long.valueOf(parts.getLast().lastGlobalIndex());
        return new Manifest(ExportFormat.LATEST.wireName(), range.from(), range.to(), reach.at(),
                reach.lastGlobalIndex(),
                reach.mayGrow(), events,
                first,
                last, new TreeMap<>(Manifest.sum(parts)), ExportFormat.LATEST.chain(),
                HexFormat.of().formatHex(chain.link()),
                parts, reach.only(), reach.store(), null).summed();
    }

    private static void seal(Path folder, Manifest manifest) throws IOException {
        var json = manifest.written().getBytes(StandardCharsets.UTF_8);
        durably(folder.resolve(Manifest.FILE), json);
        durably(folder.resolve(Manifest.SUM_FILE), sum(json).getBytes(StandardCharsets.UTF_8));
        flush(folder);
    }

    /** The line of {@link Manifest#SUM_FILE}. */
    static String sum(byte[] manifest) {
        return HexFormat.of().formatHex(HashChain.digest().digest(manifest)) + "  " + Manifest.FILE + "\n";
    }

    private static void durably(Path file, byte[] content) throws IOException {
        try (var channel = PrivateFile.create(file)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void flush(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Nothing is left of it where it was not renamed. */
    private static void removeWithContent(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
