package io.campaignlauncher.telegram.simulator.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps messages in a file, so that a simulator that is started anew has them, and never uses a number again: a line of JSON for each
 * state of a message, of which the latest counts.
 *
 * <p>Survives the death of the process, not that of the machine.
 */
public final class MessageJournal implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(_ -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL,
                    JsonInclude.Include.ALWAYS))
            .build();

    private final List<Message> before;
    private final Writer writer;

    private MessageJournal(List<Message> before, Writer writer) {
        this.before = before;
        this.writer = writer;
    }

    /** @param file made where it is missing, with the rights of a new file */
    public static MessageJournal at(Path file) {
        try {
            var before = Files.exists(file) ? read(file) : List.<Message>of();
            return new MessageJournal(before,
                    Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("messages cannot be kept in " + file.getFileName(), e);
        }
    }

    private static List<Message> read(Path file) throws IOException {
        var messages = new ArrayList<Message>();
        for (var line : Files.readAllLines(file)) {
            try {
                messages.add(MAPPER.readValue(line, Message.class));
            } catch (JacksonException cutShort) {
                // Whoever wrote it died: nobody was told of it.
            }
        }
        return messages;
    }

    /** In the order in which they were kept; a message may be there several times. */
    List<Message> before() {
        return before;
    }

    void keep(Message message) {
        try {
            // A line begins a new one, for the last one may have been cut short.
            writer.write('\n' + MAPPER.writeValueAsString(message));
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a message cannot be kept", e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of messages cannot be closed", e);
        }
    }
}
