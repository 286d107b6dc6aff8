-- What a class has, in a form that two runs of the same submissions share:
-- without times, the numbers of rows, the names of runs, and where an endless
-- loop happened to be.
SELECT hex(name), shown, student, note FROM submission ORDER BY 1;
SELECT hex(name), chapter, hash, refused, key
    FROM file JOIN submission ON id = submission ORDER BY 1, 2;
SELECT key, chapter, state, points, possible, level,
    CASE WHEN key IN (SELECT key FROM test WHERE verdict = 'timed out')
    THEN '' ELSE report END FROM grade ORDER BY 1;
SELECT key, number, function, test, verdict, points, possible,
    CASE verdict WHEN 'timed out' THEN '' ELSE line || what END,
    mistake, relation, given, yours FROM test ORDER BY 1, 2;
SELECT hash, hex(bytes) FROM content ORDER BY 1;
