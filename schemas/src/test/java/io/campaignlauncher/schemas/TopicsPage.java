package io.campaignlauncher.schemas;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The page about the topics, {@code docs/topics.md}: its examples are made from what runs. */
final class TopicsPage {

    static final Path FILE = Path.of("../docs/topics.md");

    private static final Path EXAMPLE = Path.of("src/test/java/io/campaignlauncher/schemas/PublishingExample.java");
    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final int BYTES_A_LINE = 16;

    private TopicsPage() {}

    /** The page with each marked example as it is today. */
    static String withExamples(String page) {
        var withJava = withBlock(page, "publishing", "java", javaExample());
        var withBytes = withBlock(withJava, "bytes", "text", bytesExample());
        for (var topic : Topic.values()) {
            withBytes = withBlock(withBytes, topic.topicName(), "text", SampleRecords.shown(SampleRecords.of(topic)));
        }
        return withBytes;
    }

    /** The record that the Java example publishes. */
    static ProducerRecord<String, byte[]> published() {
        try (var producer = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())) {
            PublishingExample.publish(producer, NOW);
            return producer.history().getFirst();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withBlock(String page, String name, String language, String content) {
        var block = Pattern.compile("(<!-- example: " + name + " -->\n```" + language + "\n).*?(^```$)",
                Pattern.DOTALL | Pattern.MULTILINE);
        var matcher = block.matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("the page has no place for the example " + name);
        }
        return matcher.replaceFirst("$1" + Matcher.quoteReplacement(content + "\n") + "$2");
    }

    private static String javaExample() {
        try {
            var source = Files.readString(EXAMPLE);
            return source.substring(source.indexOf("// [example]\n") + "// [example]\n".length(),
                    source.indexOf("// [end of example]")).stripIndent().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the published value, field by field. */
    static String bytesExample() {
        var bytes = published().value();
        var message = (CreateCampaign) new AvroEncoding().decode("CreateCampaign", bytes);
        var lines = new StringBuilder(line(Arrays.copyOf(bytes, 2), "marker"))
                .append(line(Arrays.copyOfRange(bytes, 2, 10), "fingerprint of " + latest()));
        appendFields(lines, message, "");
        return lines.toString().strip();
    }

    private static String latest() {
        return new SchemaReleases(SchemaReleases.FOLDER).latestFile("CreateCampaign");
    }

    private static void appendFields(StringBuilder lines, IndexedRecord record, String place) {
        for (var field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            if (field.schema().getType() == Schema.Type.RECORD) {
                appendFields(lines, (IndexedRecord) value, place + field.name() + ".");
            } else {
                lines.append(line(encoded(field.schema(), value), place + field.name() + " = " + value));
            }
        }
    }

    private static byte[] encoded(Schema schema, Object value) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<>(schema).write(value, encoder);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(byte[] bytes, String meaning) {
        var hex = HexFormat.ofDelimiter(" ").formatHex(bytes).replaceAll("(.{" + BYTES_A_LINE * 3 + "})", "$1\n");
        var rows = hex.lines().map(String::strip).toList();
        return "%-48s%s\n".formatted(rows.getFirst(), meaning)
                + rows.stream().skip(1).map(row -> row + "\n").collect(joining());
    }
}
