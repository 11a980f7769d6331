package dev.microvisor.emulator.rest;

import dev.microvisor.emulator.api.ConfigStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The cloud's data: account, configuration items, secrets, devices and apps. A method that has
 * returned has written. Thread-safe; one process at a time.
 */
public final class CloudStore implements AutoCloseable {
    /** Logging stays on for so long after it was switched on. */
    public static final Duration LOGGING_WINDOW = Duration.ofHours(24);

    private static final int SID_BYTES = 16;

    private final Database database;
    private final Clock clock;

    private CloudStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Opens the store in a folder, or begins a new one there. */
    public static CloudStore open(Path folder, Clock clock) {
        CloudStore store = new CloudStore(Database.open(folder), clock);
        store.database.update("create table if not exists account(sid varchar, token varchar)");
        store.database.update(
                "create table if not exists item(owner varchar, store varchar, name varchar,"
                        + " contents varchar, changed bigint, primary key(owner, store, name))");
        store.database.update(
                "create table if not exists device(sid varchar primary key,"
                        + " unique_name varchar unique, target_app varchar, targeted bigint,"
                        + " reported_app varchar, reported bigint, logging_expires bigint,"
                        + " restarts bigint, created bigint, updated bigint)");
        store.database.update(
                "create table if not exists app(sid varchar primary key,"
                        + " unique_name varchar unique, hash varchar, manifest varchar,"
                        + " created bigint, updated bigint)");
        return store;
    }

    /** The account of this store; made up at its first use. */
    public synchronized Account account() {
        List<Account> accounts =
                database.query(
                        "select sid, token from account",
                        row -> new Account(row.getString(1), row.getString(2)));
        if (!accounts.isEmpty()) {
            return accounts.get(0);
        }
        Account account = new Account("AC" + randomHex(), randomHex());
        database.update("insert into account values(?, ?)", account.sid(), account.token());
        return account;
    }

    private static String randomHex() {
        byte[] bytes = new byte[SID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Items in the order of their keys, from the first one after {@code after}. */
    public List<StoredItem> items(Owner owner, ConfigStore store, String after, Window window) {
        return database.query(
                "select name, contents, changed from item where owner = ? and store = ? and name > ?"
                        + " order by name limit ? offset ?",
                CloudStore::item,
                owner.id(),
                store.name(),
                after,
                window.limit(),
                window.offset());
    }

    public Optional<StoredItem> item(Owner owner, ConfigStore store, String key) {
        return first(
                database.query(
                        "select name, contents, changed from item"
                                + " where owner = ? and store = ? and name = ?",
                        CloudStore::item,
                        owner.id(),
                        store.name(),
                        key));
    }

    private static StoredItem item(ResultSet row) throws SQLException {
        return new StoredItem(
                row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)));
    }

    /** Adds an item; false when there is one with this key. */
    public synchronized boolean create(Owner owner, ConfigStore store, String key, String value) {
        if (item(owner, store, key).isPresent()) {
            return false;
        }
        database.update(
                "insert into item values(?, ?, ?, ?, ?)",
                owner.id(),
                store.name(),
                key,
                value,
                clock.millis());
        return true;
    }

    /** Gives an item a new value; false when there is none with this key. */
    public boolean update(Owner owner, ConfigStore store, String key, String value) {
        return database.update(
                        "update item set contents = ?, changed = ?"
                                + " where owner = ? and store = ? and name = ?",
                        value,
                        clock.millis(),
                        owner.id(),
                        store.name(),
                        key)
                == 1;
    }

    public boolean delete(Owner owner, ConfigStore store, String key) {
        return database.update(
                        "delete from item where owner = ? and store = ? and name = ?",
                        owner.id(),
                        store.name(),
                        key)
                == 1;
    }

    /** Makes a device known, unless it is. */
    public synchronized StoredDevice ensureDevice(String sid) {
        Optional<StoredDevice> known = device(sid);
        if (known.isEmpty()) {
            database.update(
                    "insert into device(sid, restarts, created, updated) values(?, 0, ?, ?)",
                    sid,
                    clock.millis(),
                    clock.millis());
            known = device(sid);
        }
        return known.orElseThrow();
    }

    public List<StoredDevice> devices(String afterSid, Window window) {
        return database.query(
                "select * from device where sid > ? order by sid limit ? offset ?",
                CloudStore::device,
                afterSid,
                window.limit(),
                window.offset());
    }

    /** Finds a device by its SID or its unique name. */
    public Optional<StoredDevice> device(String sidOrName) {
        return first(
                database.query(
                        "select * from device where sid = ? or unique_name = ?",
                        CloudStore::device,
                        sidOrName,
                        sidOrName));
    }

    private static StoredDevice device(ResultSet row) throws SQLException {
        return new StoredDevice(
                row.getString("sid"),
                Optional.ofNullable(row.getString("unique_name")),
                Optional.ofNullable(row.getString("target_app")),
                instant(row, "targeted"),
                Optional.ofNullable(row.getString("reported_app")),
                instant(row, "reported"),
                instant(row, "logging_expires"),
                row.getLong("restarts"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("updated")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Applies what a change names, in one transaction, and leaves the rest as it is. */
    public synchronized void change(String sid, DeviceChange change) {
        long now = clock.millis();
        Long expires = change.logging().orElse(false) ? now + LOGGING_WINDOW.toMillis() : null;
        database.update(
                "update device set unique_name = coalesce(?, unique_name),"
                        + " target_app = coalesce(?, target_app),"
                        + " targeted = case when ? then ? else targeted end,"
                        + " logging_expires = case when ? then ? else logging_expires end,"
                        + " restarts = restarts + ?, updated = ? where sid = ?",
                change.uniqueName().orElse(null),
                change.targetApp().orElse(null),
                change.targetApp().isPresent(),
                now,
                change.logging().isPresent(),
                expires,
                change.restart() ? 1 : 0,
                now,
                sid);
    }

    /** The device says which app it runs. */
    public void report(String sid, String appSid) {
        database.update(
                "update device set reported_app = ?, reported = ? where sid = ?",
                appSid,
                clock.millis(),
                sid);
    }

    /**
     * Registers a build under a name unless it is there already; the name goes over to it from the
     * build that had it before.
     */
    public synchronized StoredApp ensureApp(String uniqueName, String hash, String manifest) {
        Optional<StoredApp> known = app(uniqueName).filter(app -> app.hash().equals(hash));
        if (known.isPresent()) {
            return known.get();
        }
        database.update(
                "update app set unique_name = null, updated = ? where unique_name = ?",
                clock.millis(),
                uniqueName);
        return addApp(Optional.of(uniqueName), hash, manifest);
    }

    /** Registers a build; the REST API has no call for it. */
    StoredApp addApp(Optional<String> uniqueName, String hash, String manifest) {
        String sid = "KA" + randomHex();
        database.update(
                "insert into app values(?, ?, ?, ?, ?, ?)",
                sid,
                uniqueName.orElse(null),
                hash,
                manifest,
                clock.millis(),
                clock.millis());
        return app(sid).orElseThrow();
    }

    public List<StoredApp> apps(String afterSid, Window window) {
        return database.query(
                "select * from app where sid > ? order by sid limit ? offset ?",
                CloudStore::app,
                afterSid,
                window.limit(),
                window.offset());
    }

    /** Finds an app by its SID or its unique name. */
    public Optional<StoredApp> app(String sidOrName) {
        return first(
                database.query(
                        "select * from app where sid = ? or unique_name = ?",
                        CloudStore::app,
                        sidOrName,
                        sidOrName));
    }

    private static StoredApp app(ResultSet row) throws SQLException {
        return new StoredApp(
                row.getString("sid"),
                Optional.ofNullable(row.getString("unique_name")),
                row.getString("hash"),
                row.getString("manifest"),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("updated")));
    }

    public boolean deleteApp(String sid) {
        return database.update("delete from app where sid = ?", sid) == 1;
    }

    /** True while a device's logging window is open. */
    public boolean logging(StoredDevice device) {
        return device.loggingExpires().filter(until -> until.isAfter(clock.instant())).isPresent();
    }

    private static <T> Optional<T> first(List<T> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    @Override
    public void close() {
        database.close();
    }

    /** A stretch of a list. */
    public record Window(int limit, int offset) {}
}
