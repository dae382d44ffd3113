SELECT count(*) FROM published;
