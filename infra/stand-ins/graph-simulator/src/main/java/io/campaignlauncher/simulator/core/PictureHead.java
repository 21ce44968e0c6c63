package io.campaignlauncher.simulator.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the first bytes of a picture say: its type is told by content, never by the name of its file. */
record PictureHead(int width, int height) {

    private static final int JPEG_START = 0xFFD8;
    private static final int PNG_START = 0x89504E47;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;

    /** @throws GraphRefusal when it is no JPEG, PNG, GIF or WebP, or one whose head cannot be read */
    static PictureHead of(byte[] bytes) {
        var content = ByteBuffer.wrap(bytes);
        PictureHead head;
        try {
            head = read(content);
        } catch (IndexOutOfBoundsException e) {
            throw unreadable();
        }
        if (head.width <= 0 || head.height <= 0) {
            throw unreadable();
        }
        return head;
    }

    private static PictureHead read(ByteBuffer content) {
        if (content.capacity() < 4) {
            throw unknownType();
        }
        if (content.getInt(0) == PNG_START) {
            return new PictureHead(content.getInt(16), content.getInt(20));
        }
        if ((content.getShort(0) & 0xFFFF) == JPEG_START) {
            return jpeg(content);
        }
        if (text(content, 0, 4).equals("GIF8")) {
            return new PictureHead(littleShort(content, 6), littleShort(content, 8));
        }
        if (content.getInt(0) == RIFF && content.getInt(8) == WEBP) {
            return webp(content);
        }
        throw unknownType();
    }

    /** Segments are walked up to the one that begins a frame. */
    private static PictureHead jpeg(ByteBuffer content) {
        int at = 2;
        while (true) {
            int marker = content.getShort(at) & 0xFFFF;
            boolean isFrame = marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8
                    && marker != 0xFFCC;
            if (isFrame) {
                return new PictureHead(content.getShort(at + 7) & 0xFFFF, content.getShort(at + 5) & 0xFFFF);
            }
            if (marker < 0xFFC0) {
                throw unreadable();
            }
            at += 2 + (content.getShort(at + 2) & 0xFFFF);
        }
    }

    private static PictureHead webp(ByteBuffer content) {
        return switch (text(content, 12, 4)) {
            case "VP8 " -> new PictureHead(littleShort(content, 26) & 0x3FFF, littleShort(content, 28) & 0x3FFF);
            case "VP8L" -> {
                int bits = content.order(ByteOrder.LITTLE_ENDIAN).getInt(21);
                yield new PictureHead((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
            }
            case "VP8X" -> new PictureHead((content.order(ByteOrder.LITTLE_ENDIAN).getInt(24) & 0xFFFFFF) + 1,
                    (content.getInt(26) >>> 8) + 1);
            default -> throw unreadable();
        };
    }

    private static int littleShort(ByteBuffer content, int at) {
        return content.get(at) & 0xFF | (content.get(at + 1) & 0xFF) << 8;
    }

    private static String text(ByteBuffer content, int at, int length) {
        var text = new byte[length];
        content.get(at, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static GraphRefusal unknownType() {
        return GraphRefusal.invalid(1487411, "File Type Not Supported",
                "The file you selected is in a format that we don't support. Upload a JPEG, PNG, GIF or WebP.");
    }

    static GraphRefusal unreadable() {
        return GraphRefusal.invalid(1487197, "Error processing image", "There was an error processing this image.");
    }
}
