package io.campaignlauncher.tools.archive;

import io.campaignlauncher.tools.archive.Manifest.Digest;
import io.campaignlauncher.tools.events.OperationRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The files of an export as files: are they those that the manifest names, and their bytes those that it sums up. */
record ArchiveFolder(Path folder) {

    /** @throws OperationRefused where there is no such folder, or what is in it was not written by this version's like */
    Manifest manifest() throws IOException, Damage {
        if (!Files.isDirectory(folder)) {
            throw new OperationRefused("there is no folder " + folder);
        }
        var file = folder.resolve(Manifest.FILE);
        if (!Files.exists(file)) {
            throw new Damage(Manifest.FILE + " is missing: this is no whole export");
        }
        var json = Files.readAllBytes(file);
        var sumFile = folder.resolve(Manifest.SUM_FILE);
        if (!Files.exists(sumFile)) {
            throw new Damage(Manifest.SUM_FILE + " is missing");
        }
        if (!Export.sum(json).equals(Files.readString(sumFile, StandardCharsets.ISO_8859_1))) {
            throw new Damage(Manifest.FILE + " or " + Manifest.SUM_FILE + " was changed: they do not match");
        }
        try {
            var manifest = Manifest.read(json);
            var format = ExportFormat.named(manifest.format()).orElseThrow(() -> new OperationRefused(
                    "the export has the format " + manifest.format() + ", this version reads " + ExportFormat.all()));
            if (format != ExportFormat.FIRST && (!manifest.summed().equals(manifest)
                    || !Arrays.equals(json, manifest.written().getBytes(StandardCharsets.UTF_8)))) {
                throw new Damage(Manifest.FILE, "it was changed: it does not match the sum that it holds");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new Damage(Manifest.FILE, "it is no manifest: " + e.getOriginalMessage());
        }
    }

    /** Whether exactly the files are there that should be. */
    void checkNames(Manifest manifest) throws IOException, Damage {
        var expected = Stream
                .concat(Stream.of(Manifest.FILE, Manifest.SUM_FILE),
                        manifest.files().stream().flatMap(part -> part.digests().stream()).map(Digest::name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there;
        try (var files = Files.list(folder)) {
            there = files.map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        for (var name : expected) {
            if (!there.contains(name)) {
                throw new Damage(name + " is missing");
            }
        }
        for (var name : there) {
            if (!expected.contains(name)) {
                throw new Damage(name + " is one file too many");
            }
        }
    }

    /** Whether a file's bytes are those that were written. */
    void checkBytes(Digest digest) throws IOException, Damage {
        var file = folder.resolve(digest.name());
        var found = Files.size(file);
        if (found != digest.bytes()) {
            throw new Damage(digest.name(), "it has " + found + " bytes instead of " + digest.bytes());
        }
        var sum = HashChain.digest();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), sum)) {
            Files.copy(file, out);
        }
        if (!HexFormat.of().formatHex(sum.digest()).equals(digest.sha256())) {
            throw new Damage(digest.name(), "its bytes were changed (SHA-256)");
        }
    }

    Path file(Digest digest) {
        return folder.resolve(digest.name());
    }
}
