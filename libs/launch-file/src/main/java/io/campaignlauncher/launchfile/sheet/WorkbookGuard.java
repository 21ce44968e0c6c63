package io.campaignlauncher.launchfile.sheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Looks through all that is packed in a workbook before the library that reads it does, with the same two parsers:
 * that one keeps as many shared texts, and makes rows as wide, as any number in the file says. Where something is no
 * XML, or broken, the library meets the same end of it.
 */
final class WorkbookGuard {

    private static final int PARTS_MAX = 1_000;
    private static final long BYTES_MAX = 64L << 20;
    /** How far a part may be packed that is larger than the next. */
    private static final int RATIO_MAX = 100;
    private static final long RATIO_COUNTS_FROM_BYTES = 1L << 20;

    private final XMLInputFactory factory = new InputFactoryImpl();
    private final WorkbookBounds bounds = new WorkbookBounds();
    private long bytes;

    private WorkbookGuard() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
    }

    static void check(byte[] file) throws UnreadableSheet {
        try (var zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get()) {
            var guard = new WorkbookGuard();
            int parts = 0;
            for (var part : Collections.list(zip.getEntries())) {
                if (++parts > PARTS_MAX) {
                    throw unsafe("of more than " + PARTS_MAX + " parts");
                }
                guard.look(zip, part);
            }
            guard.bounds.checkTexts();
        } catch (IOException | RuntimeException e) {
            throw new UnreadableSheet(Reason.DAMAGED,
                    "The workbook is broken or was cut off. Open it in a spreadsheet and save it again.", e);
        }
    }

    private void look(ZipFile zip, ZipArchiveEntry part) throws IOException, UnreadableSheet {
        try (var unpacked = new Unpacked(zip.getInputStream(part), part.getCompressedSize())) {
            walk(unpacked);
            unpacked.transferTo(OutputStream.nullOutputStream());
        } catch (Unpacked.Exceeded e) {
            throw unsafe("that unpacks to far more than it is");
        }
    }

    private void walk(InputStream part) throws IOException, UnreadableSheet {
        try {
            var reader = factory.createXMLStreamReader(part);
            bounds.beginPart();
            while (reader.hasNext()) {
                bounds.take(reader, reader.next());
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) {
                throw io;
            }
        }
    }

    static UnreadableSheet unsafe(String what) {
        return new UnreadableSheet(Reason.UNSAFE,
                "This is a workbook " + what + ". Copy the sheet into a new workbook and save that.");
    }

    private final class Unpacked extends FilterInputStream {

        private final long packed;
        private long unpacked;

        Unpacked(InputStream in, long packed) {
            super(in);
            this.packed = packed;
        }

        static final class Exceeded extends IOException {}

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws Exceeded {
            unpacked += read;
            bytes += read;
            if (bytes > BYTES_MAX || unpacked > RATIO_COUNTS_FROM_BYTES && unpacked / RATIO_MAX > packed) {
                throw new Exceeded();
            }
        }
    }
}
