DELETE FROM published;
