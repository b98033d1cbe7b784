package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.journal.JournalPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What counts in a directory at one moment: files, where journals start, and what the engine wants to know again. Immutable, but for
 * the sections' bytes, which are not to be changed.
 *
 * @param generation 1, 2, …; 0 before it is written
 * @param previousChecksum of the file of the manifest before; 0 for the first
 * @param journals where to start reading each journal, by its folder
 * @param files by the list they are in
 * @param properties texts by name
 * @param sections bytes by name
 */
public record Manifest(
        long generation,
        int previousChecksum,
        SortedMap<String, JournalPosition> journals,
        SortedMap<String, List<SealedFileRef>> files,
        SortedMap<String, String> properties,
        SortedMap<String, byte[]> sections) {

    /** Copies the maps. */
    public Manifest {
        journals = Collections.unmodifiableSortedMap(new TreeMap<>(journals));
        TreeMap<String, List<SealedFileRef>> lists = new TreeMap<>();
        files.forEach((list, refs) -> lists.put(list, List.copyOf(refs)));
        files = Collections.unmodifiableSortedMap(lists);
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }

    /**
     * Begin a manifest.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where a journal starts.
     *
     * @param folder of the journal
     * @return its position; {@link JournalPosition#BEGINNING} if there is none
     */
    public JournalPosition journalStart(String folder) {
        return journals.getOrDefault(folder, JournalPosition.BEGINNING);
    }

    /**
     * The names of all files it refers to.
     *
     * @return in order of the lists
     */
    public Set<String> fileNames() {
        Set<String> names = new LinkedHashSet<>();
        files.values().forEach(refs -> refs.forEach(ref -> names.add(ref.name())));
        return names;
    }

    Manifest numbered(long newGeneration, int newPreviousChecksum) {
        return new Manifest(newGeneration, newPreviousChecksum, journals, files, properties, sections);
    }

    /** Collects what a manifest says. One owner. */
    public static final class Builder {
        private final TreeMap<String, JournalPosition> journals = new TreeMap<>();
        private final TreeMap<String, List<SealedFileRef>> files = new TreeMap<>();
        private final TreeMap<String, String> properties = new TreeMap<>();
        private final TreeMap<String, byte[]> sections = new TreeMap<>();

        private Builder() {}

        /**
         * Say where a journal starts.
         *
         * @param folder of the journal
         * @param start durable: {@link io.millrace.checkpoint.journal.Journal#durablePosition} after a force
         * @return this
         */
        public Builder journal(String folder, JournalPosition start) {
            journals.put(folder, start);
            return this;
        }

        /**
         * Refer to a file.
         *
         * @param list that it is in
         * @param ref which file
         * @return this
         */
        public Builder file(String list, SealedFileRef ref) {
            files.computeIfAbsent(list, name -> new ArrayList<>()).add(ref);
            return this;
        }

        /**
         * Keep a text.
         *
         * @param name of it
         * @param value any
         * @return this
         */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * Keep bytes.
         *
         * @param name of them
         * @param bytes not to be changed afterwards
         * @return this
         */
        public Builder section(String name, byte[] bytes) {
            sections.put(name, bytes);
            return this;
        }

        /**
         * The manifest, without a generation.
         *
         * @return to be given to {@link Manifests#write}
         */
        public Manifest build() {
            return new Manifest(0, 0, journals, files, properties, sections);
        }
    }
}
